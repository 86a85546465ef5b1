using Fib.Api.Storage;
using Fib.Core.Sequence;
using Fib.Tests.Support;

namespace Fib.Tests.Api.Storage;

public sealed class SubmissionQueueTests
{
    private readonly HandTime _time = new();
    private readonly SubmissionQueue _queue;

    public SubmissionQueueTests() => _queue = new SubmissionQueue(_time);

    [Fact]
    public async Task Take_OneAtATime_WaitsForNobody()
    {
        for (var commit = 0; commit < 3; commit++)
        {
            Add(1);
            Assert.Single(await _queue.TakeAsync(CancellationToken.None));
            _queue.Reckon(1);
        }
    }

    [Fact]
    public async Task Take_OfMany_WaitsForMostOfThem()
    {
        Reckon(32);
        Add(1);
        var taken = _queue.TakeAsync(CancellationToken.None);
        Add(22);
        Assert.False(taken.IsCompleted);

        Add(1);
        Assert.Equal(24, (await taken).Length);
    }

    [Fact]
    public async Task Take_OfManyThatAreHere_WaitsForNobody()
    {
        Reckon(32);
        Add(24);
        Assert.Equal(24, (await _queue.TakeAsync(CancellationToken.None)).Length);
    }

    [Fact]
    public async Task Take_OfManyThatDoNotComeBack_TakesWhatIsHereWhenTimeIsUp()
    {
        Reckon(32);
        Add(3);
        var taken = _queue.TakeAsync(CancellationToken.None);
        Assert.False(taken.IsCompleted);

        _time.RunOut();
        Assert.Equal(3, (await taken).Length);
    }

    [Fact]
    public async Task Take_AfterManyHaveLeft_WaitsForNobodyAgain()
    {
        Reckon(32);
        for (var commit = 0; commit < 12; commit++)
            _queue.Reckon(1);
        Add(1);
        Assert.Single(await _queue.TakeAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Take_OneThatWasGivenUp_LeavesItOut()
    {
        var givenUp = Submission();
        Assert.True(_queue.TryAdd(givenUp));
        Add(1);
        Assert.True(givenUp.TryTake());
        Assert.Single(await _queue.TakeAsync(CancellationToken.None));
    }

    private void Reckon(int submitters)
    {
        for (var commit = 0; commit < 100; commit++)
            _queue.Reckon(submitters);
    }

    private void Add(int submissions)
    {
        for (var n = 0; n < submissions; n++)
            Assert.True(_queue.TryAdd(Submission()));
    }

    private static PendingSubmission Submission() => new([new SequenceIndex(7)], DateTimeOffset.UnixEpoch, null);
}
