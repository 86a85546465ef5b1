using System.Diagnostics;
using Fib.Core.Backlog;
using Fib.Core.Sequence;

namespace Fib.Worker.Terms;

/// <summary>Computes, stores and sends one entry's term. Idempotent: a redelivered entry finds its term stored and only sends it again.</summary>
internal sealed class EntryHandler(TermStore store, TermLimits limits, TimeProvider time, ILogger<EntryHandler> logger)
{
    public async Task HandleAsync(BacklogEntry entry)
    {
        using var activity = WorkerActivity.StartProcess(entry);
        if (entry.Index.Value > limits.MaximumIndex)
        {
            var reason = $"The worker's maximum index is {limits.MaximumIndex}.";
            Log.Failed(logger, entry.Index.Value, reason);
            activity?.SetStatus(ActivityStatusCode.Error, reason);
            await store.SendAsync(new OutcomeEntry(entry.Index, 0, "", reason, time.GetUtcNow(), activity?.Id));
            return;
        }

        var digits = await store.FindAsync(entry.Index) ?? await ComputeAndStoreAsync(entry.Index);
        await store.SendAsync(new OutcomeEntry(entry.Index, digits.Length, TermPreview.Of(digits), null, time.GetUtcNow(), activity?.Id));
    }

    private async Task<byte[]> ComputeAndStoreAsync(SequenceIndex index)
    {
        byte[] digits;
        using (WorkerActivity.StartCompute())
            digits = TermEngine.Compute(index.Value);
        using (WorkerActivity.StartStore())
            await store.StoreAsync(index, digits);
        return digits;
    }
}
