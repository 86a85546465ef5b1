using System.Diagnostics;
using Fib.Api.Backlog;
using Fib.Core.Sequence;
using Fib.ServiceDefaults.Background;

namespace Fib.Api.Storage;

/// <summary>
/// Stores submissions by group commit: all that wait while one commit is under way share the next, and under load it waits
/// for more (<see cref="SubmissionQueue"/>). One writer draws all ids, so it holds <see cref="Schema.EventLock"/> for one
/// statement, and the cost of a durable commit is shared.
/// </summary>
internal sealed class SubmissionWriter(
    SubmissionStore store, KeyedSubmissions keyed, SchemaState schema, BacklogAppender appender, StoreStates stores, ApiMetrics metrics, TimeProvider time, ILogger<SubmissionWriter> logger)
    : BackgroundService
{
    private const string Work = "The storing of submissions";

    private readonly SubmissionQueue _queue = new(time);
    private readonly FailureLog _failures = new(Work, stores.FindOutage, logger);

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
        await new RetryLoop(Work, stores.FindOutage, time, logger).RunAsync(
            async token =>
            {
                var together = await _queue.TakeAsync(token);
                if (together.Length > 0)
                    await StoreTogetherAsync(together);
            }, stoppingToken);
    }

    /// <summary>Not cancelled by a stop: what has begun to be stored is answered, whatever happens.</summary>
    private async Task StoreTogetherAsync(PendingSubmission[] submissions)
    {
        using var activity = ApiActivity.StartCommit(submissions);
        var begun = time.GetTimestamp();
        IReadOnlyList<SequenceIndex> unfinished;
        try
        {
            var hasKeys = submissions.Any(submission => submission.Key is not null);
            unfinished = await (hasKeys ? keyed.InsertAsync(submissions, CancellationToken.None) : store.InsertAsync(submissions, CancellationToken.None));
        }
        catch (Exception failure)
        {
            _failures.SetFailed(begun, failure);
            activity?.SetStatus(ActivityStatusCode.Error, failure.Message);
            var told = StoreFailure.Is(failure) ? new StoreAwayException("The database is away.", failure) : failure;
            Array.ForEach(submissions, submission => submission.SetFailed(told));
            return;
        }

        _failures.SetSucceeded(begun);
        metrics.AddCommit(submissions.Where(submission => !submission.IsRefused).Sum(submission => submission.Indexes.Count));
        _queue.Reckon(submissions.Length);
        // One after another, beside the next commit: one thread is woken, not one for each answer.
        ThreadPool.UnsafeQueueUserWorkItem(_ => Array.ForEach(submissions, submission => submission.SetStored()), null);
        Append(unfinished, submissions);
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
