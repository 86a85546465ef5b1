using System.Threading.Channels;

namespace Fib.Api.Storage;

/// <summary>
/// Submissions that wait for a commit, up to a bound. A commit costs many times what one more submission in it does, so while
/// many submit at the same time, the next one waits a moment until most of them are here again. The thought is that of
/// PostgreSQL's <c>commit_delay</c> and <c>commit_siblings</c>.
/// </summary>
internal sealed class SubmissionQueue(TimeProvider time)
{
    private const int MaxWaiting = 10_000;

    /// <summary>Of all that wait: a batch has many, and what they take must be bounded too.</summary>
    private const int MaxIndexesWaiting = 40_000;

    /// <summary>Indexes of one commit, give or take a batch.</summary>
    private const int MaxTogether = 1_000;

    /// <summary>Up to here nobody is waited for.</summary>
    private const double FewSubmitters = 2;

    /// <summary>The share of those who submit at the same time that is waited for: the last to come back take too long.</summary>
    private const double Most = 0.75;

    /// <summary>The share of what the last commit met in the number of those who submit at the same time.</summary>
    private const double Weight = 0.25;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(1);

    private readonly Channel<PendingSubmission> _waiting = Channel.CreateBounded<PendingSubmission>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private readonly List<PendingSubmission> _together = new(MaxTogether);
    private TaskCompletionSource _gathered = new();
    private int _wanted = int.MaxValue;
    private int _indexesWaiting;
    private double _submitters;

    /// <summary>False where more wait already than may.</summary>
    public bool TryAdd(PendingSubmission submission)
    {
        var indexes = submission.Indexes.Count;
        if (Interlocked.Add(ref _indexesWaiting, indexes) > MaxIndexesWaiting || !_waiting.Writer.TryWrite(submission))
        {
            Interlocked.Add(ref _indexesWaiting, -indexes);
            return false;
        }

        if (Volatile.Read(ref _wanted) is var wanted and < int.MaxValue && _waiting.Reader.Count >= wanted)
            _gathered.TrySetResult();
        return true;
    }

    /// <summary>Waits for a submission and, under load, for others, up to a millisecond; then takes those that still want to be stored, in their order.</summary>
    public async Task<PendingSubmission[]> TakeAsync(CancellationToken cancellationToken)
    {
        await _waiting.Reader.WaitToReadAsync(cancellationToken);
        await GatherAsync(cancellationToken);
        _together.Clear();
        for (var indexes = 0; indexes < MaxTogether && _waiting.Reader.TryRead(out var submission); indexes += submission.Indexes.Count)
        {
            Interlocked.Add(ref _indexesWaiting, -submission.Indexes.Count);
            if (submission.TryTake())
                _together.Add(submission);
        }

        return [.. _together];
    }

    /// <summary>Counts those who submit at the same time: who was in a commit and who waits by its end, before it is answered.</summary>
    public void Reckon(int committed) => _submitters += (committed + _waiting.Reader.Count - _submitters) * Weight;

    private async Task GatherAsync(CancellationToken cancellationToken)
    {
        var wanted = (int)Math.Round(_submitters * Most);
        if (_submitters <= FewSubmitters || _waiting.Reader.Count >= wanted)
            return;
        _gathered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _wanted, wanted);
        if (_waiting.Reader.Count < wanted)
            await Task.WhenAny(_gathered.Task, Task.Delay(LongestWait, time, cancellationToken));
        Volatile.Write(ref _wanted, int.MaxValue);
    }
}
