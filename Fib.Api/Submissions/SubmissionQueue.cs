using System.Diagnostics;
using System.Threading.Channels;
using Fib.Core.Sequence;
using Fib.ServiceDefaults.Batching;

namespace Fib.Api.Submissions;

/// <summary>A bounded queue of submissions that wait for a commit.</summary>
internal sealed class SubmissionQueue
{
    private const int MaxWaiting = 10_000;

    /// <summary>A batch has many indexes, so the memory of all waiting ones needs a bound of its own.</summary>
    private const int MaxIndexesWaiting = 40_000;

    /// <summary>The number of indexes after which a commit takes no further submission.</summary>
    private const int MaxCommitSize = 1_000;

    // The thread that adds a submission to an idle queue begins the commit: another thread would have to be woken for it.
    private readonly Channel<NewSubmission> _waiting = Channel.CreateBounded<NewSubmission>(
        new BoundedChannelOptions(MaxWaiting) { SingleReader = true, AllowSynchronousContinuations = true });

    private readonly BatchingDelay _delay;
    private int _indexesWaiting;

    public SubmissionQueue(TimeProvider time) => _delay = new BatchingDelay(() => _waiting.Reader.Count, time);

    /// <summary>Returns false if the queue is full. May run the continuation of <see cref="TakeAsync"/> inline.</summary>
    public bool TryAdd(NewSubmission submission)
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
    public async Task<NewSubmission[]> TakeAsync(CancellationToken cancellationToken)
    {
        await _waiting.Reader.WaitToReadAsync(cancellationToken);
        await _delay.WaitAsync(cancellationToken);
        var taken = new List<NewSubmission>();
        for (var indexes = 0; indexes < MaxCommitSize && _waiting.Reader.TryRead(out var submission); indexes += submission.Indexes.Count)
        {
            Interlocked.Add(ref _indexesWaiting, -submission.Indexes.Count);
            if (submission.TryTake())
                taken.Add(submission);
        }

        return [.. taken];
    }

    /// <summary>Call this after every commit, before its submissions are answered.</summary>
    public void OnCommitted(int submissions) => _delay.OnCompleted(submissions);
}

/// <summary>A submission that waits to be stored.</summary>
/// <param name="indexes">The indexes, in the order in which they are stored.</param>
/// <param name="receivedAt">When the request arrived.</param>
/// <param name="key">The idempotency key, or null; a submission whose key is stored is not stored again.</param>
internal sealed class NewSubmission(IReadOnlyList<SequenceIndex> indexes, DateTimeOffset receivedAt, string? key)
{
    private readonly TaskCompletionSource<bool> _stored = new();
    private int _taken;

    public IReadOnlyList<SequenceIndex> Indexes { get; } = indexes;

    public DateTime ReceivedAt { get; } = receivedAt.UtcDateTime;

    public string? Key { get; } = key;

    /// <summary>The trace of the request, which continues through the commit and the append.</summary>
    public ActivityContext Trace { get; } = Activity.Current?.Context ?? default;

    /// <summary>
    /// True after the durable commit; false if the key was used for other indexes. Faulted if it is unknown whether the
    /// submission was stored.
    /// </summary>
    public Task<bool> Stored => _stored.Task;

    /// <summary>The key was used for other indexes.</summary>
    public bool HasKeyConflict { get; private set; }

    /// <summary>
    /// Called by the writer before it stores, and by the request when it stops waiting: only the first call returns true.
    /// </summary>
    public bool TryTake() => Interlocked.Exchange(ref _taken, 1) == 0;

    /// <summary>The key was used for other indexes: <see cref="SetStored"/> completes with false.</summary>
    public void SetKeyConflict() => HasKeyConflict = true;

    /// <summary>Runs the continuation of the waiting request inline; call it only from a thread that may block.</summary>
    public void SetStored() => _stored.TrySetResult(!HasKeyConflict);

    public void SetFailed(Exception exception) => _stored.TrySetException(exception);
}
