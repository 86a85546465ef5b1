using System.Globalization;
using System.Text.Json;
using Fib.LocalSystem.Events;
using Fib.Tests.Support;

namespace Fib.Tests.EndToEnd;

[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class EventsTests(SystemFixture system)
{
    [Fact]
    public async Task Get_WhileAnIndexIsSubmitted_TellsThatItIsAcceptedAndThenComputed()
    {
        var index = system.NextIndex();
        using var stream = await EventStream.OpenAsync(system.Gateway);
        Assert.Equal("text/event-stream", stream.Response.Content.Headers.ContentType?.MediaType);
        await system.Gateway.SubmitAsync(index);

        var events = await stream.ReadUntilAsync("computed", index);
        var accepted = events.Single(happened => happened.Type == "accepted" && happened.Index == index);
        var computed = events[^1].Data;
        Assert.Equal(accepted.Id, accepted.Data.GetProperty("id").GetInt64().ToString(CultureInfo.InvariantCulture));
        AssertInOrder(accepted.Data.GetProperty("receivedAt"), accepted.Data.GetProperty("acceptedAt"));
        Assert.Equal(Fibonacci.Term(index), computed.GetProperty("term").GetString());
        Assert.Equal(Fibonacci.Term(index).Length, computed.GetProperty("digits").GetInt32());
        AssertInOrder(accepted.Data.GetProperty("acceptedAt"), computed.GetProperty("queuedAt"), computed.GetProperty("startedAt"), computed.GetProperty("computedAt"));
    }

    [Fact]
    public async Task Get_WhileALargeTermIsComputed_TellsOfItWithoutAnId()
    {
        const int index = 9_000_001;
        using var stream = await EventStream.OpenAsync(system.Gateway);
        await system.Gateway.SubmitAsync(index);
        var events = await stream.ReadUntilAsync("computed", index);
        var progress = events.Where(happened => happened.Type == "progress").ToArray();
        Assert.NotEmpty(progress);
        Assert.All(progress, happened => Assert.Equal((index, ""), (happened.Index, happened.Id)));
        Assert.All(progress, happened => Assert.InRange(happened.Data.GetProperty("percent").GetInt32(), 0, 100));
    }

    [Fact]
    public async Task Get_ALongTerm_IsShortenedInTheEvent()
    {
        const int index = 20_000;
        using var stream = await EventStream.OpenAsync(system.Gateway);
        await system.Gateway.SubmitAsync(index);
        var term = (await stream.ReadUntilAsync("computed", index))[^1].Data.GetProperty("term").GetString();
        Assert.EndsWith("(4180 digits)", term, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_AfterAnEventThatWasSeen_GoesOnWithoutAGapOrARepeat()
    {
        using var live = await EventStream.OpenAsync(system.Gateway);
        var indexes = Enumerable.Range(0, 20).Select(_ => system.NextIndex()).ToArray();
        await Task.WhenAll(indexes.Select(system.Gateway.SubmitAsync));
        var seen = new List<StreamEvent>();
        while (seen.Count(happened => happened.Type == "computed") < indexes.Length)
            seen.Add(await live.ReadAsync());
        Assert.Equal(seen.Select(Id).Order(), seen.Select(Id));

        foreach (var place in (int[])[0, seen.Count / 2, seen.Count - 2])
        {
            using var resumed = await EventStream.OpenAsync(system.Gateway, seen[place].Id);
            foreach (var expected in seen.Skip(place + 1))
                Assert.Equal(Describe(expected), Describe(await resumed.ReadAsync()));
        }
    }

    [Fact]
    public async Task Get_TwoReaders_SeeTheSame()
    {
        using var one = await EventStream.OpenAsync(system.Gateway);
        using var other = await EventStream.OpenAsync(system.Gateway);
        var index = system.NextIndex();
        await system.Gateway.SubmitAsync(index);
        var (seen, alsoSeen) = (await one.ReadUntilAsync("computed", index), await other.ReadUntilAsync("computed", index));
        Assert.Equal(seen[^1].Id, alsoSeen[^1].Id);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("-1")]
    [InlineData("99999999999999999999999")]
    [InlineData("1000000000000")]
    public async Task Get_AfterAnEventThatNeverWas_StartsNow(string lastEventId)
    {
        var (past, index) = (system.NextIndex(), system.NextIndex());
        // A term can be read before its event is told: a reader who was told of it proves that it is in the past.
        using var earlier = await EventStream.OpenAsync(system.Gateway);
        await system.Gateway.SubmitAsync(past);
        await earlier.ReadUntilAsync("computed", past);
        using var stream = await EventStream.OpenAsync(system.Gateway, lastEventId);
        await system.Gateway.SubmitAsync(index);
        Assert.DoesNotContain(await stream.ReadUntilAsync("accepted", index), happened => happened.Index == past);
    }

    /// <summary>On one machine with one clock.</summary>
    private static void AssertInOrder(params JsonElement[] times)
    {
        Assert.All(times, time => Assert.Equal(DateTimeKind.Utc, time.GetDateTime().Kind));
        Assert.Equal(times.Select(time => time.GetDateTime()).Order(), times.Select(time => time.GetDateTime()));
    }

    private static long Id(StreamEvent happened) => long.Parse(happened.Id, CultureInfo.InvariantCulture);

    private static string Describe(StreamEvent happened) => $"{happened.Id} {happened.Type} {JsonSerializer.Serialize(happened.Data)}";
}
