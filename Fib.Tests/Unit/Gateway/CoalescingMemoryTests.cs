using Fib.Gateway;
using Fib.LocalSystem.Processes;

namespace Fib.Tests.Unit.Gateway;

/// <summary>The bound of the memory of shared responses.</summary>
public sealed class CoalescingMemoryTests : CoalescingHandlerTestBase
{
    /// <summary>
    /// A client that does not read its response keeps it in memory, as often as it is sent. The gateway disposes the stream of a response
    /// that it has sent, and the message of one that it has not.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Get_ClientsHoldTooMuchMemory_IsNotShared(bool isSent)
    {
        await LearnAsync();
        var held = new List<HttpResponseMessage[]>();
        for (var bytes = 0L; bytes < MemoryBudget.MaxBytes; bytes += SharedResponse.MaxBytes)
            held.Add(await ShareLongAsync());

        var own = SendAsync();
        (await Upstream.NextSharedAsync()).Respond(Long());
        (await Upstream.NextOwnAsync()).Respond("own");
        Assert.Equal("own", await ReadAsync(own));

        await ReleaseAsync(held[0][0]);
        await RelearnAsync();
        var still = SendAsync();
        (await Upstream.NextSharedAsync()).Respond(Long());
        (await Upstream.NextOwnAsync()).Respond("still");
        Assert.Equal("still", await ReadAsync(still));

        await ReleaseAsync(held[0][1]);
        await RelearnAsync();
        Assert.All(await ShareLongAsync(), response => Assert.Equal(SharedResponse.MaxBytes, response.Content.Headers.ContentLength));
        Assert.True(Upstream.IsIdle);

        static HttpResponseMessage Long() => new() { Content = new ByteArrayContent(new byte[SharedResponse.MaxBytes]) };

        // Two responses of one request.
        async Task<HttpResponseMessage[]> ShareLongAsync()
        {
            // The handler then expects no concurrent requests.
            Time.Advance(TimeSpan.FromSeconds(2));
            var first = SendAsync();
            // The last shared request may only just have ended: this one is certainly under way once it has been sent.
            var shared = await Upstream.NextSharedAsync();
            var (second, third) = (SendAsync(), SendAsync());
            shared.Respond("");
            await ReadAsync(first);
            (await Upstream.NextSharedAsync()).Respond(Long());
            return await Task.WhenAll(second, third).WaitAsync(Eventually.DefaultTimeout);
        }

        async Task ReleaseAsync(HttpResponseMessage response)
        {
            if (isSent)
                await (await response.Content.ReadAsStreamAsync()).DisposeAsync();
            else
                response.Dispose();
        }

        async Task RelearnAsync()
        {
            Time.Advance(CoalescingHandler.Pause);
            await LearnAsync();
        }
    }
}
