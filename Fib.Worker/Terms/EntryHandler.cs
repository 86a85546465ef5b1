using System.Diagnostics;
using Fib.Core.Sequence;
using Fib.Redis.Backlog;

namespace Fib.Worker.Terms;

/// <summary>Computes, stores and sends one entry's term. Idempotent: a redelivered entry leaves the same term and the same outcome.</summary>
internal sealed class EntryHandler(TermStore store, ProgressPublisher progress, TermLimits limits, WorkerMetrics metrics, TimeProvider time, ILogger<EntryHandler> logger)
{
    /// <summary>What became of the entry is stored and sent when this returns.</summary>
    public async Task HandleAsync(BacklogEntry entry)
    {
        var startedAt = time.GetUtcNow();
        try
        {
            if (limits.Refuse(entry.Index) is { } refusal)
                await FailAsync(entry, startedAt, refusal);
            else
                await SucceedAsync(entry, startedAt);
        }
        catch (Exception failure) when (failure is ArithmeticException or OutOfMemoryException)
        {
            // It would fail again; whoever asked is told.
            await FailAsync(entry, startedAt, failure.Message);
        }
    }

    /// <summary>Sends that the entry's term cannot be computed.</summary>
    public Task FailAsync(BacklogEntry entry, string reason) => FailAsync(entry, time.GetUtcNow(), reason);

    private async Task SucceedAsync(BacklogEntry entry, DateTimeOffset startedAt)
    {
        var index = entry.Index;
        var isLong = TermEngine.CountDigits(index.Value) > TermPreview.WholeDigits;
        var stored = isLong ? await store.FindAsync(index) : null;
        var digits = stored ?? Compute(index);
        var times = new StageTimes(entry.QueuedAt, startedAt, time.GetUtcNow());
        // A long term does not fit into its outcome; one that is stored already was not computed again.
        if (isLong && stored is null)
            await StoreAsync(index, digits);
        await store.SendAsync(new OutcomeEntry(index, digits.Length, TermPreview.Of(digits), null, times, null));
    }

    private async Task FailAsync(BacklogEntry entry, DateTimeOffset startedAt, string reason)
    {
        Log.Failed(logger, entry.Index.Value, reason);
        Activity.Current?.SetStatus(ActivityStatusCode.Error, reason);
        await store.SendAsync(new OutcomeEntry(entry.Index, 0, "", reason, new StageTimes(entry.QueuedAt, startedAt, time.GetUtcNow()), null));
    }

    private async Task StoreAsync(SequenceIndex index, byte[] digits)
    {
        using (WorkerActivity.StartStore())
            await store.StoreAsync(index, digits);
    }

    private byte[] Compute(SequenceIndex index)
    {
        using var activity = WorkerActivity.StartCompute();
        var begun = time.GetTimestamp();
        var digits = TermEngine.Compute(index.Value, progress.Begin(index));
        metrics.AddTerm(index, digits.Length, time.GetElapsedTime(begun));
        return digits;
    }
}
