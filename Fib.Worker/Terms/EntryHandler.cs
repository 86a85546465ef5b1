using System.Diagnostics;
using Fib.Core.Backlog;
using Fib.Core.Sequence;

namespace Fib.Worker.Terms;

/// <summary>Computes, stores and sends one entry's term. Idempotent: a redelivered entry leaves the same term and the same outcome.</summary>
internal sealed class EntryHandler(TermStore store, TermLimits limits, TimeProvider time, ILogger<EntryHandler> logger)
{
    /// <summary>The term is stored, and its outcome sent, when this returns.</summary>
    public async Task HandleAsync(BacklogEntry entry)
    {
        using var activity = WorkerActivity.StartProcess(entry);
        if (limits.Refuse(entry.Index) is { } reason)
        {
            Log.Failed(logger, entry.Index.Value, reason);
            activity?.SetStatus(ActivityStatusCode.Error, reason);
            await store.SendAsync(new OutcomeEntry(entry.Index, 0, "", reason, time.GetUtcNow(), activity?.Id));
            return;
        }

        var digits = TermEngine.CountDigits(entry.Index.Value) > TermPreview.WholeDigits ? await FindOrStoreAsync(entry.Index) : Compute(entry.Index);
        await store.SendAsync(new OutcomeEntry(entry.Index, digits.Length, TermPreview.Of(digits), null, time.GetUtcNow(), activity?.Id));
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
