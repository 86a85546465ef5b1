using System.Diagnostics;
using Fib.Core.Sequence;
using Fib.Redis.Backlog;
using Fib.Redis.Streams;
using StackExchange.Redis;

namespace Fib.Worker.Terms;

/// <summary>
/// Computes the term of an entry, caches it if it is long, and appends its outcome. Idempotent: a redelivered entry gives the same term
/// and the same outcome.
/// </summary>
internal sealed class EntryHandler(
    IConnectionMultiplexer redis, TermCache cache, ProgressPublisher progress, TermLimits limits, WorkerMetrics metrics, TimeProvider time,
    ILogger<EntryHandler> logger)
{
    private static readonly ActivitySource Source = new("Fib.Worker");

    /// <summary>How long the reason of a failure is kept for requests for an evicted term: before it is computed again.</summary>
    private static readonly TimeSpan FailureLifetime = TimeSpan.FromMinutes(1);

    /// <summary>Handles an entry. The outcome is on its stream when this returns.</summary>
    /// <exception cref="ArithmeticException">The term failed its verification twice.</exception>
    /// <exception cref="OutOfMemoryException">There is too little memory for the term.</exception>
    public async Task HandleAsync(BacklogEntry entry)
    {
        var startedAt = time.GetUtcNow();
        if (limits.FindRejection(entry.Index) is { } reason)
            await FailAsync(entry, startedAt, reason);
        else
            await SucceedAsync(entry, startedAt);
    }

    /// <summary>Appends the outcome that the term cannot be computed.</summary>
    public Task FailAsync(BacklogEntry entry, string reason) => FailAsync(entry, time.GetUtcNow(), reason);

    private async Task SucceedAsync(BacklogEntry entry, DateTimeOffset startedAt)
    {
        var index = entry.Index;
        var isLong = TermEngine.CountDigits(index.Value) > TermPreview.WholeDigits;
        var cached = isLong ? await cache.FindAsync(index) : null;
        var digits = cached ?? Compute(index);
        var times = new StageTimes(entry.QueuedAt, startedAt, time.GetUtcNow());
        // A long term does not fit into its outcome.
        if (isLong && cached is null)
            await StoreAsync(index, digits);
        var preview = TermPreview.Of(digits);
        progress.PublishTerm(index, preview);
        await AppendAsync(new OutcomeEntry(index, digits.Length, preview, null, times, null));
    }

    private async Task FailAsync(BacklogEntry entry, DateTimeOffset startedAt, string reason)
    {
        Activity.Current?.SetStatus(ActivityStatusCode.Error, reason);
        var times = new StageTimes(entry.QueuedAt, startedAt, time.GetUtcNow());
        await redis.GetDatabase().StringSetAsync(BacklogKeys.Failure(entry.Index), reason, FailureLifetime);
        await AppendAsync(new OutcomeEntry(entry.Index, 0, "", reason, times, null));
        Log.Failed(logger, entry.Index.Value, reason);
    }

    private async Task StoreAsync(SequenceIndex index, byte[] digits)
    {
        using (Source.StartActivity("store term", ActivityKind.Client))
            await cache.StoreAsync(index, digits);
    }

    private byte[] Compute(SequenceIndex index)
    {
        using var activity = Source.StartActivity("compute term");
        var start = time.GetTimestamp();
        var digits = TermEngine.Compute(index.Value, progress.CreateReporter(index));
        metrics.AddTerm(index, digits.Length, time.GetElapsedTime(start));
        return digits;
    }

    private async Task AppendAsync(OutcomeEntry outcome)
    {
        using var activity = StreamActivity.StartSend(BacklogKeys.Outcomes, default);
        var traced = outcome with { TraceParent = StreamActivity.GetTraceParent(activity, default) };
        await redis.GetDatabase().AppendAsync(BacklogKeys.Outcomes, traced.ToFields());
    }
}
