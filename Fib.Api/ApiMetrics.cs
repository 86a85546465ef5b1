using System.Diagnostics.Metrics;
using Fib.Api.Status;

namespace Fib.Api;

/// <summary>The api's own metrics.</summary>
internal sealed class ApiMetrics
{
    private static readonly InstrumentAdvice<int> CommitSizes = new() { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000] };

    private readonly CarriedStatusReader _carried;
    private readonly Counter<long> _accepted;
    private readonly Histogram<int> _commits;

    public ApiMetrics(IMeterFactory meters, CarriedStatusReader carried)
    {
        _carried = carried;
        var meter = meters.Create("Fib.Api");
        _accepted = meter.CreateCounter<long>("fib.submissions.accepted", "{submission}", "Submissions that were acknowledged as stored.");
        _commits = meter.CreateHistogram("fib.commit.size", "{submission}", "Submissions that share a commit.", advice: CommitSizes);
        meter.CreateObservableGauge("fib.backlog.entries", ReadBacklog, "{entry}", "Entries that no worker has acknowledged. Every api tells the same.");
    }

    /// <summary>A commit is durable.</summary>
    public void AddCommit(int submissions)
    {
        _accepted.Add(submissions);
        _commits.Record(submissions);
    }

    /// <summary>The exporter asks on a thread of its own, which may wait; where Redis does not answer there is no measurement.</summary>
    private IEnumerable<Measurement<long>> ReadBacklog() =>
        _carried.TryReadAsync(CancellationToken.None).GetAwaiter().GetResult() is { Backlog: var backlog }
            ? [new(backlog.Lag, new KeyValuePair<string, object?>("fib.backlog.state", "lag")), new(backlog.Pending, new KeyValuePair<string, object?>("fib.backlog.state", "pending"))]
            : [];
}
