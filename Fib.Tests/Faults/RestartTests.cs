using System.Net;
using Fib.AppHost;
using Fib.LocalSystem.Events;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;

namespace Fib.Tests.Faults;

[Collection(DurableSystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class RestartTests(DurableSystemFixture system)
{
    private const int LongIndex = 10_000;

    public static TheoryData<string> Resources =>
    [
        ResourceNames.Worker, ResourceNames.Api, ResourceNames.Web, ResourceNames.Gateway, ResourceNames.Redis, ResourceNames.Postgres,
    ];

    [Theory]
    [MemberData(nameof(Resources))]
    public async Task Restart_OneResourceUnderLoad_LosesNoAcknowledgedSubmission(string resource)
    {
        await system.Gateway.ComputeAsync(LongIndex);
        using var stop = new CancellationTokenSource();
        var load = SubmitUntilAsync(stop.Token);
        await system.System.RestartAsync(resource);
        await UntilAcceptedAsync(system.NextIndex());
        await stop.CancelAsync();

        var acknowledged = await load;
        Assert.NotEmpty(acknowledged);
        var all = await system.Gateway.GetAllAsync();
        Assert.Subset(all.ToHashSet(), acknowledged.ToHashSet());
        foreach (var index in acknowledged)
            Assert.Equal(Fibonacci.Shown(index), await system.Gateway.UntilComputedAsync(index));
        Assert.Equal(Fibonacci.Term(LongIndex), await system.Gateway.GetDigitsAsync(LongIndex));
    }

    [Theory]
    [InlineData(ResourceNames.Api)]
    [InlineData(ResourceNames.Redis)]
    [InlineData(ResourceNames.Postgres)]
    public async Task Restart_OneResource_EventsResumeWithoutAGap(string resource)
    {
        var (before, after) = (system.NextIndex(), system.NextIndex());
        using var stream = await EventStream.OpenAsync(system.Gateway);
        await system.Gateway.SubmitAsync(before);
        var last = (await stream.ReadUntilAsync("accepted", before))[^1].Id;

        await system.System.RestartAsync(resource);
        await UntilAcceptedAsync(after);
        await system.Gateway.UntilComputedAsync(before);
        await system.Gateway.UntilComputedAsync(after);

        using var resumed = await Eventually.FindAsync<EventStream>(
            "the events resume", async token => await EventStream.OpenAsync(system.Gateway, last, cancellationToken: token));
        var events = new List<ReceivedEvent>();
        while (!Has(events, "computed", before) || !Has(events, "computed", after))
            events.Add(await resumed.ReadAsync());
        Assert.Single(events, received => received.Type == "computed" && received.Index == before);
        Assert.True(Has(events, "accepted", after));
    }

    [Theory]
    [InlineData(ResourceNames.Api)]
    [InlineData(ResourceNames.Redis)]
    [InlineData(ResourceNames.Postgres)]
    public async Task Restart_OneResource_AnIdempotencyKeyIsKept(string resource)
    {
        var (index, key) = (system.NextIndex(), Guid.NewGuid().ToString());
        await system.Gateway.PostJsonAsync($$"""{"index":{{index}}}""", keys: key);
        await system.System.RestartAsync(resource);
        await Eventually.HoldsAsync("the submission is answered again", async _ =>
        {
            using var answer = await system.Gateway.PostJsonAsync($$"""{"index":{{index}}}""", keys: key);
            return answer.StatusCode == HttpStatusCode.OK;
        });
        Assert.Single(await system.Gateway.GetAllAsync(), number => number == index);
    }

    private static bool Has(IEnumerable<ReceivedEvent> events, string type, int index) =>
        events.Any(received => received.Type == type && received.Index == index);

    /// <summary>Submits one index after another until the stop, and returns those that were acknowledged.</summary>
    private async Task<IReadOnlyList<int>> SubmitUntilAsync(CancellationToken stop)
    {
        var acknowledged = new List<int>();
        while (!stop.IsCancellationRequested)
        {
            var index = system.NextLoadIndex();
            if (await TrySubmitAsync(index) == HttpStatusCode.OK)
                acknowledged.Add(index);
            await Task.Delay(TimeSpan.FromMilliseconds(5), CancellationToken.None);
        }

        return acknowledged;
    }

    private Task UntilAcceptedAsync(int index) =>
        Eventually.HoldsAsync($"index {index} is accepted", async _ => await TrySubmitAsync(index) == HttpStatusCode.OK);

    /// <summary>Submits an index. While a resource is unavailable, the only answer is 503; null if there is no answer.</summary>
    private async Task<HttpStatusCode?> TrySubmitAsync(int index)
    {
        try
        {
            using var answer = await system.Gateway.PostJsonAsync($$"""{"index":{{index}}}""");
            if (answer.StatusCode == HttpStatusCode.OK)
                Assert.Equal("""{"working":true}""", await answer.Content.ReadAsStringAsync());
            else
                await Problem.AssertUnavailableAsync(answer);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
