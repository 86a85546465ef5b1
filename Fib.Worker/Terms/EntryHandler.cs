using System.Diagnostics;
using Fib.Core.Backlog;
using Fib.Core.Sequence;

namespace Fib.Worker.Terms;

/// <summary>Computes, stores and sends one entry's term. Idempotent: a redelivered entry leaves the same term and the same outcome.</summary>
internal sealed class EntryHandler(TermStore store, TermLimits limits, TimeProvider time, ILogger<EntryHandler> logger)
{
    /// <summary>What became of the entry is stored and sent when this returns.</summary>
    public async Task HandleAsync(BacklogEntry entry)
    {
        using var activity = WorkerActivity.StartProcess(entry);
        try
        {
            if (limits.Refuse(entry.Index) is { } refusal)
                await FailAsync(entry.Index, refusal, activity);
            else
                await SucceedAsync(entry.Index, activity);
        }
        catch (Exception failure) when (failure is ArithmeticException or OutOfMemoryException)
        {
            // It would fail again; whoever asked is told.
            await FailAsync(entry.Index, failure.Message, activity);
        }
    }

    private async Task SucceedAsync(SequenceIndex index, Activity? activity)
    {
        var digits = TermEngine.CountDigits(index.Value) > TermPreview.WholeDigits ? await FindOrStoreAsync(index) : Compute(index);
        await store.SendAsync(new OutcomeEntry(index, digits.Length, TermPreview.Of(digits), null, time.GetUtcNow(), activity?.Id));
    }

    private async Task FailAsync(SequenceIndex index, string reason, Activity? activity)
    {
        Log.Failed(logger, index.Value, reason);
        activity?.SetStatus(ActivityStatusCode.Error, reason);
        await store.SendAsync(new OutcomeEntry(index, 0, "", reason, time.GetUtcNow(), activity?.Id));
    }

    /// <summary>A long term does not fit into its outcome, so it is stored; one that is stored already is not computed again.</summary>
    private async Task<byte[]> FindOrStoreAsync(SequenceIndex index)
    {
        if (await store.FindAsync(index) is { } stored)
            return stored;
        var digits = Compute(index);
        using (WorkerActivity.StartStore())
            await store.StoreAsync(index, digits);
        return digits;
    }

    private static byte[] Compute(SequenceIndex index)
    {
        using (WorkerActivity.StartCompute())
            return TermEngine.Compute(index.Value);
    }
}
