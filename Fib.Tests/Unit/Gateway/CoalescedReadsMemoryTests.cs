using Fib.Gateway;
using Fib.LocalSystem.Processes;

namespace Fib.Tests.Unit.Gateway;

/// <summary>The bound of the memory of shared responses.</summary>
public sealed class CoalescedReadsMemoryTests : CoalescedReadsTestBase
{
    /// <summary>A client that does not read its response keeps it in memory, until the last one of the same response has read it.</summary>
    [Fact]
    public async Task Get_ClientsHoldTooMuchMemory_IsNotShared()
    {
        await LearnAsync();
        var held = new List<SlowClient[]>();
        for (var bytes = 0L; bytes < MemoryBudget.MaxBytes; bytes += SharedResponse.MaxBytes)
            held.Add(await ShareLongAsync());
        await AssertForwardedAsync();

        await held[0][0].ReadAsync();
        await RelearnAsync();
        await AssertForwardedAsync();

        await held[0][1].ReadAsync();
        await RelearnAsync();
        await ShareLongAsync();
        Assert.True(Upstream.IsIdle);

        static HttpResponseMessage Long() => new() { Content = new ByteArrayContent(new byte[SharedResponse.MaxBytes]) };

        // Two responses of one request.
        async Task<SlowClient[]> ShareLongAsync()
        {
            // The gateway then expects no concurrent requests.
            Time.Advance(TimeSpan.FromSeconds(2));
            var first = SendAsync();
            // The last shared request may only just have ended: this one is certainly under way once it has been sent.
            var shared = await Upstream.NextSharedAsync();
            SlowClient[] clients = [BeginSlow(), BeginSlow()];
            shared.Respond("");
            await ReadAsync(first);
            (await Upstream.NextSharedAsync()).Respond(Long());
            foreach (var client in clients)
                await client.Begun;
            return clients;
        }

        SlowClient BeginSlow()
        {
            var body = new HeldBody();
            var request = CreateRequest();
            request.Response.Body = body;
            return new SlowClient(SendAsync(request), body);
        }

        async Task AssertForwardedAsync()
        {
            var own = SendAsync();
            (await Upstream.NextSharedAsync()).Respond(Long());
            (await Upstream.NextOwnAsync()).Respond("own");
            Assert.Equal("own", await ReadAsync(own));
        }

        async Task RelearnAsync()
        {
            Time.Advance(CoalescedReads.Pause);
            await LearnAsync();
        }
    }

    /// <summary>A client that reads its response when the test says so.</summary>
    private sealed class SlowClient(Task sent, HeldBody body)
    {
        public Task Begun => body.Begun.Task.WaitAsync(Eventually.DefaultTimeout);

        public async Task ReadAsync()
        {
            body.IsRead.SetResult();
            await sent.WaitAsync(Eventually.DefaultTimeout);
        }
    }

    private sealed class HeldBody : MemoryStream
    {
        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource IsRead { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Begun.TrySetResult();
            await IsRead.Task;
        }
    }
}
