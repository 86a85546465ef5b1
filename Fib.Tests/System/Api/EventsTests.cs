using System.Globalization;
using System.Text.Json;
using Fib.Core.Sequence;
using Fib.LocalSystem.Events;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;

namespace Fib.Tests.System.Api;

[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class EventsTests(SystemFixture system)
{
    [Fact]
    public async Task Get_IndexSubmitted_SendsAcceptedAndThenComputed()
    {
        var index = system.NextIndex();
        using var stream = await EventStream.OpenAsync(system.Gateway);
        Assert.Equal("text/event-stream", stream.Response.Content.Headers.ContentType?.MediaType);
        await system.Gateway.SubmitAsync(index);

        var events = await stream.ReadUntilAsync("computed", index);
        var accepted = events.Single(item => item.Type == "accepted" && item.Index == index);
        var computed = events[^1].Data;
        Assert.Equal(accepted.Id, accepted.Data.GetProperty("id").GetInt64().ToString(CultureInfo.InvariantCulture));
        AssertInOrder(accepted.Data.GetProperty("receivedAt"), accepted.Data.GetProperty("acceptedAt"));
        Assert.Equal(Fibonacci.Term(index), computed.GetProperty("term").GetString());
        Assert.Equal(Fibonacci.Term(index).Length, computed.GetProperty("digits").GetInt32());
        AssertInOrder(
            accepted.Data.GetProperty("acceptedAt"), computed.GetProperty("queuedAt"),
            computed.GetProperty("startedAt"), computed.GetProperty("computedAt"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Get_IndexSubmitted_SendsThePreviewBeforeComputed(bool isLong)
    {
        using var stream = await EventStream.OpenAsync(system.Gateway);
        // A preview is dropped if another term was computed within the same millisecond.
        var preview = await Eventually.FindAsync("a preview", async token =>
        {
            var index = isLong ? system.NextLongIndex() : system.NextIndex();
            await system.Gateway.SubmitAsync(index);
            var received = await stream.ReadUntilAsync("computed", index, token);
            return received.FirstOrDefault(item => item.Index == index && item.Type == "preview");
        });
        Assert.Equal("", preview.Id);
        Assert.Equal(TermPreview.Of(TermEngine.Compute(preview.Index)), preview.Data.GetProperty("term").GetString());
    }

    [Fact]
    public async Task Get_LargeTermComputed_SendsProgressWithoutAnId()
    {
        const int index = 9_000_001;
        using var stream = await EventStream.OpenAsync(system.Gateway);
        await system.Gateway.SubmitAsync(index);
        var events = await stream.ReadUntilAsync("computed", index);
        var progress = events.Where(item => item.Type == "progress").ToArray();
        Assert.NotEmpty(progress);
        Assert.All(progress, item => Assert.Equal((index, ""), (item.Index, item.Id)));
        Assert.All(progress, item => Assert.InRange(item.Data.GetProperty("percent").GetInt32(), 0, 100));
    }

    [Fact]
    public async Task Get_LongTerm_IsShortenedInTheEvent()
    {
        const int index = 20_000;
        using var stream = await EventStream.OpenAsync(system.Gateway);
        await system.Gateway.SubmitAsync(index);
        var term = (await stream.ReadUntilAsync("computed", index))[^1].Data.GetProperty("term").GetString();
        Assert.EndsWith("(4180 digits)", term, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_LastEventIdOfAReceivedEvent_ResumesWithoutGapOrRepeat()
    {
        using var live = await EventStream.OpenAsync(system.Gateway);
        var indexes = Enumerable.Range(0, 20).Select(_ => system.NextIndex()).ToArray();
        await Task.WhenAll(indexes.Select(system.Gateway.SubmitAsync));
        var events = new List<ReceivedEvent>();
        while (events.Count(item => item.Type == "computed") < indexes.Length)
            events.Add(await ReadStoredAsync(live));
        Assert.Equal(events.Select(Id).Order(), events.Select(Id));

        foreach (var place in (int[])[0, events.Count / 2, events.Count - 2])
        {
            using var resumed = await EventStream.OpenAsync(system.Gateway, events[place].Id);
            foreach (var expected in events.Skip(place + 1))
                Assert.Equal(Describe(expected), Describe(await ReadStoredAsync(resumed)));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("1000000000000")]
    public async Task Get_StreamThatBreaksBeforeItsFirstEvent_CanBeResumed(string? lastEventId)
    {
        var (past, index) = (system.NextIndex(), system.NextIndex());
        await ComputeAndReadAsync(past);
        string start;
        using (var broken = await EventStream.OpenAsync(system.Gateway, lastEventId))
            start = await broken.ReadStartAsync();
        await system.Gateway.SubmitAsync(index);

        using var resumed = await EventStream.OpenAsync(system.Gateway, start);
        Assert.DoesNotContain(await resumed.ReadUntilAsync("accepted", index), item => item.Index == past);
    }

    [Fact]
    public async Task Get_TwoStreams_ReceiveTheSameEvents()
    {
        using var one = await EventStream.OpenAsync(system.Gateway);
        using var other = await EventStream.OpenAsync(system.Gateway);
        var index = system.NextIndex();
        await system.Gateway.SubmitAsync(index);
        var (events, otherEvents) = (await one.ReadUntilAsync("computed", index), await other.ReadUntilAsync("computed", index));
        Assert.Equal(events[^1].Id, otherEvents[^1].Id);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("-1")]
    [InlineData("99999999999999999999999")]
    [InlineData("1000000000000")]
    public async Task Get_UnknownLastEventId_StartsNow(string lastEventId)
    {
        var (past, index) = (system.NextIndex(), system.NextIndex());
        await ComputeAndReadAsync(past);
        using var stream = await EventStream.OpenAsync(system.Gateway, lastEventId);
        await system.Gateway.SubmitAsync(index);
        Assert.DoesNotContain(await stream.ReadUntilAsync("accepted", index), item => item.Index == past);
    }

    /// <summary>A term is readable before its event is published, so a stream waits for the event.</summary>
    private async Task ComputeAndReadAsync(int index)
    {
        using var stream = await EventStream.OpenAsync(system.Gateway);
        await system.Gateway.SubmitAsync(index);
        await stream.ReadUntilAsync("computed", index);
    }

    private static async Task<ReceivedEvent> ReadStoredAsync(EventStream stream) =>
        (await stream.ReadUntilAsync(received => received.Id.Length > 0))[^1];

    /// <summary>All processes use the clock of one machine.</summary>
    private static void AssertInOrder(params JsonElement[] times)
    {
        Assert.All(times, time => Assert.Equal(DateTimeKind.Utc, time.GetDateTime().Kind));
        Assert.Equal(times.Select(time => time.GetDateTime()).Order(), times.Select(time => time.GetDateTime()));
    }

    private static long Id(ReceivedEvent item) => long.Parse(item.Id, CultureInfo.InvariantCulture);

    private static string Describe(ReceivedEvent item) => $"{item.Id} {item.Type} {JsonSerializer.Serialize(item.Data)}";
}
