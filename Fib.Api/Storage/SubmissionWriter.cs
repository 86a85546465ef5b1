using Fib.Api.Backlog;
using Fib.Core.Sequence;

namespace Fib.Api.Storage;

/// <summary>
/// Stores submissions by group commit: all that wait while one commit is under way share the next, and under load it waits
/// for more (<see cref="SubmissionQueue"/>). One writer draws all ids, so it holds <see cref="Schema.EventLock"/> for one
/// statement, and the cost of a durable commit is shared.
/// </summary>
internal sealed class SubmissionWriter(SubmissionStore store, KeyedSubmissions keyed, SchemaState schema, BacklogAppender appender, TimeProvider time) : BackgroundService
{
    private readonly SubmissionQueue _queue = new(time);

    /// <summary>Stores a submission; returns once it is durable.</summary>
    /// <returns>False where the key was used for other indexes: nothing is stored.</returns>
    /// <exception cref="StoreAwayException">The database is away, or too many wait for it.</exception>
    public async Task<bool> TryStoreAsync(PendingSubmission submission, CancellationToken cancellationToken)
    {
        if (!_queue.TryAdd(submission))
            throw new StoreAwayException("More submissions wait for the database than it takes.");
        try
        {
            return await submission.Stored.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (!submission.TryTake())
        {
            throw new StoreAwayException("The database takes too long; the submission may have been stored.");
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.WaitAsync(stoppingToken);
        while (true)
        {
            var together = await _queue.TakeAsync(stoppingToken);
            if (together.Length > 0)
                await StoreTogetherAsync(together);
        }
    }

    /// <summary>Not cancelled by a stop: what has begun to be stored is answered.</summary>
    private async Task StoreTogetherAsync(PendingSubmission[] submissions)
    {
        using var activity = ApiActivity.StartCommit(submissions);
        try
        {
            var hasKeys = submissions.Any(submission => submission.Key is not null);
            var unfinished = await (hasKeys ? keyed.InsertAsync(submissions, CancellationToken.None) : store.InsertAsync(submissions, CancellationToken.None));
            _queue.Reckon(submissions.Length);
            // One after another, beside the next commit: one thread is woken, not one for each answer.
            ThreadPool.UnsafeQueueUserWorkItem(_ => Array.ForEach(submissions, submission => submission.SetStored()), null);
            Append(unfinished, submissions);
        }
        catch (Exception failure) when (StoreFailure.IsPassing(failure))
        {
            var away = new StoreAwayException("The database is away.", failure);
            foreach (var submission in submissions)
                submission.SetFailed(away);
        }
    }

    /// <summary>Each index on behalf of the first request that asked for it; the answers do not wait for Redis.</summary>
    private void Append(IReadOnlyList<SequenceIndex> unfinished, IReadOnlyList<PendingSubmission> submissions)
    {
        if (unfinished.Count == 0)
            return;
        var traces = submissions.SelectMany(submission => submission.Indexes.Select(index => (index, submission.Trace))).DistinctBy(asked => asked.index)
            .ToDictionary(asked => asked.index, asked => asked.Trace);
        foreach (var index in unfinished)
            _ = appender.AppendAsync(index, traces[index]);
    }
}
