using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Fib.Api.Submissions;

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
    public static Activity? StartCommit(IReadOnlyList<PendingSubmission> submissions)
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
