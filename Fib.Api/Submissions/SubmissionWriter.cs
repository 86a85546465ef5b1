using System.Diagnostics;
using System.Diagnostics.Metrics;
using Fib.Api.Backlog;
using Fib.Api.Database;
using Fib.Core.Sequence;
using Fib.ServiceDefaults.Background;

namespace Fib.Api.Submissions;

/// <summary>
/// Stores submissions by group commit: all that wait while one commit runs share the next one, and under load the next commit
/// waits briefly for more (<see cref="SubmissionQueue"/>). One writer draws all ids, so it holds <see cref="DatabaseSchema.EventLock"/>
/// for one statement, and many submissions share the cost of a durable commit.
/// </summary>
internal sealed class SubmissionWriter(
    SubmissionStore store, SchemaState schema, BacklogAppender appender, Announcer announcer, StoreStates stores,
    SubmissionTelemetry telemetry, TimeProvider time, ILogger<SubmissionWriter> logger)
    : BackgroundService
{
    private const string Work = "The storing of submissions";

    /// <summary>
    /// Up to this many indexes of a commit are appended before its submissions are answered: a term needs more time than an answer.
    /// More appends would delay the answers.
    /// </summary>
    private const int MaxAppendsFirst = 4;

    private readonly SubmissionQueue _queue = new(time);
    private readonly FailureLog _failures = new(Work, stores.FindOutage, logger);

    /// <summary>Stores a submission; returns when it is durable.</summary>
    /// <returns>False if the key was used for other indexes; nothing is stored then.</returns>
    /// <exception cref="StoreUnavailableException">The database is unavailable, or too many submissions wait for it.</exception>
    /// <exception cref="TimeoutException">Its storing has not begun within <see cref="StoreUnavailable.Deadline"/>; nothing is stored.</exception>
    public async Task<bool> TryStoreAsync(NewSubmission submission, CancellationToken cancellationToken)
    {
        if (!_queue.TryAdd(submission))
            throw new StoreUnavailableException("Too many submissions wait for the database.");
        try
        {
            return await submission.Stored.WaitAsync(StoreUnavailable.Deadline, time, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException && !submission.TryTake())
        {
            throw new StoreUnavailableException("The database takes too long; the submission may have been stored.");
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.WaitAsync(stoppingToken);
        await new RetryLoop(Work, stores.FindOutage, time, logger).RunAsync(
            async token =>
            {
                var submissions = await _queue.TakeAsync(token);
                if (submissions.Length > 0)
                    await CommitAsync(submissions);
            }, stoppingToken);
    }

    /// <summary>A stop does not cancel this: a submission whose storing has begun is answered.</summary>
    private async Task CommitAsync(NewSubmission[] submissions)
    {
        using var activity = SubmissionTelemetry.StartCommit(submissions);
        var begun = time.GetTimestamp();
        if (submissions is [{ Indexes: [var only] }])
            announcer.Announce(only);
        IReadOnlyList<SequenceIndex> pending;
        try
        {
            pending = await store.InsertAsync(submissions, CancellationToken.None);
        }
        catch (Exception exception)
        {
            _failures.SetFailed(begun, exception);
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
            var answer = StoreErrors.IsUnavailable(exception)
                ? new StoreUnavailableException("The database is unavailable.", exception)
                : exception;
            Array.ForEach(submissions, submission => submission.SetFailed(answer));
            return;
        }

        _failures.SetSucceeded(begun);
        telemetry.AddCommit(submissions.Where(submission => !submission.HasKeyConflict).Sum(submission => submission.Indexes.Count));
        _queue.OnCommitted(submissions.Length);
        announcer.OnCommitted();
        if (pending.Count <= MaxAppendsFirst)
        {
            Append(pending, submissions);
            Answer(submissions);
        }
        else
        {
            Answer(submissions);
            Append(pending, submissions);
        }
    }

    /// <summary>One after another, beside the next commit: this wakes one thread instead of one for each answer.</summary>
    private static void Answer(NewSubmission[] submissions) =>
        ThreadPool.UnsafeQueueUserWorkItem(_ => Array.ForEach(submissions, submission => submission.SetStored()), null);

    /// <summary>Appends each index in the trace of the first request with that index. The answers do not wait for Redis.</summary>
    private void Append(IReadOnlyList<SequenceIndex> pending, IReadOnlyList<NewSubmission> submissions)
    {
        if (pending.Count == 0)
            return;
        var traces = submissions.SelectMany(submission => submission.Indexes.Select(index => (index, submission.Trace)))
            .DistinctBy(submitted => submitted.index).ToDictionary(submitted => submitted.index, submitted => submitted.Trace);
        foreach (var index in pending)
            _ = appender.AppendAsync(index, traces[index]);
    }
}

/// <summary>The metrics and the span of commits.</summary>
internal sealed class SubmissionTelemetry
{
    private static readonly ActivitySource Source = new("Fib.Api");

    private static readonly InstrumentAdvice<int> CommitSizes =
        new() { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000] };

    private readonly Counter<long> _accepted;
    private readonly Histogram<int> _commits;

    public SubmissionTelemetry(IMeterFactory meters)
    {
        var meter = meters.Create("Fib.Api");
        _accepted = meter.CreateCounter<long>("fib.submissions.accepted", "{submission}", "Submissions that were acknowledged as stored.");
        _commits = meter.CreateHistogram("fib.commit.size", "{submission}", "Submissions that share a commit.", advice: CommitSizes);
    }

    /// <summary>Starts the span of one commit of many requests: a child of the first request, linked to the others.</summary>
    public static Activity? StartCommit(IReadOnlyList<NewSubmission> submissions)
    {
        if (!Source.HasListeners())
            return null;
        var links = submissions.Skip(1).Select(submission => new ActivityLink(submission.Trace));
        return Source.StartActivity("commit submissions", ActivityKind.Internal, submissions[0].Trace, links: links)
            ?.SetTag("fib.submissions", submissions.Count);
    }

    /// <summary>Counts a durable commit.</summary>
    public void AddCommit(int submissions)
    {
        _accepted.Add(submissions);
        _commits.Record(submissions);
    }
}
