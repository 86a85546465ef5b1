using System.Threading.Channels;
using Fib.Api.Batching;

namespace Fib.Api.Submissions;

/// <summary>A bounded queue of submissions that wait for a commit.</summary>
internal sealed class SubmissionQueue
{
    private const int MaxWaiting = 10_000;

    /// <summary>A batch has many indexes, so the memory of all waiting ones needs a bound of its own.</summary>
    private const int MaxIndexesWaiting = 40_000;

    /// <summary>The number of indexes after which a commit takes no further submission.</summary>
    private const int MaxCommitSize = 1_000;

    private readonly Channel<PendingSubmission> _waiting =
        Channel.CreateBounded<PendingSubmission>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });

    private readonly List<PendingSubmission> _commit = new(MaxCommitSize);
    private readonly BatchingDelay _delay;
    private int _indexesWaiting;

    public SubmissionQueue(TimeProvider time) => _delay = new BatchingDelay(() => _waiting.Reader.Count, time);

    /// <summary>Returns false if the queue is full.</summary>
    public bool TryAdd(PendingSubmission submission)
    {
        var indexes = submission.Indexes.Count;
        if (Interlocked.Add(ref _indexesWaiting, indexes) > MaxIndexesWaiting || !_waiting.Writer.TryWrite(submission))
        {
            Interlocked.Add(ref _indexesWaiting, -indexes);
            return false;
        }

        _delay.OnEnqueued();
        return true;
    }

    /// <summary>
    /// Waits for a submission and, under load, for more (<see cref="BatchingDelay"/>). Returns the submissions of the next
    /// commit in their order, without those whose request no longer waits.
    /// </summary>
    public async Task<PendingSubmission[]> TakeAsync(CancellationToken cancellationToken)
    {
        await _waiting.Reader.WaitToReadAsync(cancellationToken);
        await _delay.WaitAsync(cancellationToken);
        _commit.Clear();
        for (var indexes = 0; indexes < MaxCommitSize && _waiting.Reader.TryRead(out var submission); indexes += submission.Indexes.Count)
        {
            Interlocked.Add(ref _indexesWaiting, -submission.Indexes.Count);
            if (submission.TryTake())
                _commit.Add(submission);
        }

        return [.. _commit];
    }

    /// <summary>Call this after every commit, before its submissions are answered.</summary>
    public void OnCommitted(int submissions) => _delay.OnCompleted(submissions);
}
