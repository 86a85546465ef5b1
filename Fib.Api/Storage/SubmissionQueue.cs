using System.Threading.Channels;

namespace Fib.Api.Storage;

/// <summary>Submissions that wait for a commit, up to a bound.</summary>
internal sealed class SubmissionQueue
{
    private const int MaxWaiting = 10_000;

    /// <summary>Of all that wait: a batch has many, and what they take must be bounded too.</summary>
    private const int MaxIndexesWaiting = 40_000;

    /// <summary>Indexes of one commit, give or take a batch.</summary>
    private const int MaxTogether = 1_000;

    private readonly Channel<PendingSubmission> _waiting = Channel.CreateBounded<PendingSubmission>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private readonly List<PendingSubmission> _together = new(MaxTogether);
    private readonly Gathering _gathering;
    private int _indexesWaiting;

    public SubmissionQueue(TimeProvider time) => _gathering = new Gathering(() => _waiting.Reader.Count, time);

    /// <summary>False where more wait already than may.</summary>
    public bool TryAdd(PendingSubmission submission)
    {
        var indexes = submission.Indexes.Count;
        if (Interlocked.Add(ref _indexesWaiting, indexes) > MaxIndexesWaiting || !_waiting.Writer.TryWrite(submission))
        {
            Interlocked.Add(ref _indexesWaiting, -indexes);
            return false;
        }

        _gathering.Arrive();
        return true;
    }

    /// <summary>Waits for a submission and, under load, for others (<see cref="Gathering"/>); then takes those that still want to be stored, in their order.</summary>
    public async Task<PendingSubmission[]> TakeAsync(CancellationToken cancellationToken)
    {
        await _waiting.Reader.WaitToReadAsync(cancellationToken);
        await _gathering.WaitAsync(cancellationToken);
        _together.Clear();
        for (var indexes = 0; indexes < MaxTogether && _waiting.Reader.TryRead(out var submission); indexes += submission.Indexes.Count)
        {
            Interlocked.Add(ref _indexesWaiting, -submission.Indexes.Count);
            if (submission.TryTake())
                _together.Add(submission);
        }

        return [.. _together];
    }

    /// <summary>To be told of every commit before it is answered.</summary>
    public void Reckon(int committed) => _gathering.Reckon(committed);
}
