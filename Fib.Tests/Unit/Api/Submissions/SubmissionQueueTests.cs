using Fib.Api.Submissions;
using Fib.Core.Sequence;
using Fib.LocalSystem.Processes;
using Microsoft.Extensions.Time.Testing;

namespace Fib.Tests.Unit.Api.Submissions;

public sealed class SubmissionQueueTests
{
    private readonly SubmissionQueue _queue = new(new FakeTimeProvider());

    [Fact]
    public async Task Take_OfMany_WaitsForHalfOfThem()
    {
        for (var commit = 0; commit < 100; commit++)
            _queue.OnCommitted(32);
        Add(1);
        var taken = _queue.TakeAsync(CancellationToken.None);
        Add(14);
        Assert.False(taken.IsCompleted);

        Add(1);
        Assert.Equal(16, (await taken.WaitAsync(Eventually.DefaultTimeout)).Length);
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

    private void Add(int submissions)
    {
        for (var n = 0; n < submissions; n++)
            Assert.True(_queue.TryAdd(Submission()));
    }

    private static NewSubmission Submission() => new([new SequenceIndex(7)], DateTimeOffset.UnixEpoch, null);
}
