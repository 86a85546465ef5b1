using Fib.Api.Events;
using Fib.Core.Contracts;

namespace Fib.Tests.Unit.Api.Events;

public sealed class RecentEventsTests
{
    private readonly RecentEvents _recent = new();

    [Fact]
    public void TryReadAfter_FewerThanAreKept_KnowsThemAll()
    {
        _recent.Reset([.. Events(3, 5)]);
        Assert.Equal([3, 4, 5], Read(0));
        Assert.Equal([5], Read(4));
        Assert.Equal([], Read(5));
        Assert.Equal(5, _recent.LastId);
    }

    [Fact]
    public void TryReadAfter_OlderThanWhatIsKept_IsNull()
    {
        _recent.Reset([.. Events(1, RecentEvents.MaxKept)]);
        Assert.Null(Read(0));
        Assert.Equal(RecentEvents.MaxKept - 1, Read(1)!.Count());
        _recent.Add(Events(1_000, 1_000).Single());
        Assert.Equal(1_000, Read(1)!.Last());
        Assert.Null(Read(0));
        _recent.Add(Events(1_001, 1_001).Single());
        Assert.Null(Read(1));
        Assert.Equal(RecentEvents.MaxKept, Read(2)!.Count());
        Assert.Equal([3, 4], _recent.TryReadAfter(2, 2)!.Select(happened => happened.Id!.Value));
    }

    [Fact]
    public void Reset_AnEmptyDatabase_BeginsAtTheBeginning()
    {
        _recent.Reset([.. Events(1, 9)]);
        _recent.Reset([]);
        Assert.Equal(0, _recent.LastId);
        Assert.Equal([], Read(0));
    }

    private IEnumerable<long>? Read(long id) => _recent.TryReadAfter(id, int.MaxValue)?.Select(happened => happened.Id!.Value);

    private static IEnumerable<SequenceEvent> Events(int first, int last) =>
        Enumerable.Range(first, last - first + 1).Select(id => SequenceEvent.Failed(id, new FailedEvent(7, "It failed.")));
}
