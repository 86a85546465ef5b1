using System.Diagnostics;
using Fib.Core.Sequence;

namespace Fib.Api.Storage;

/// <summary>Someone waits for these indexes to be stored.</summary>
internal sealed class PendingSubmission(IReadOnlyList<SequenceIndex> indexes)
{
    private readonly TaskCompletionSource _stored = new();
    private int _taken;

    public IReadOnlyList<SequenceIndex> Indexes { get; } = indexes;

    /// <summary>The request that asks, so that its trace runs on through the commit and the append.</summary>
    public ActivityContext Trace { get; } = Activity.Current?.Context ?? default;

    /// <summary>Completes once the commit is durable; fails where it is not.</summary>
    public Task Stored => _stored.Task;

    /// <summary>The writer takes it, or whoever waits gives up: only the first of the two succeeds.</summary>
    public bool TryTake() => Interlocked.Exchange(ref _taken, 1) == 0;

    public void SetStored() => _stored.TrySetResult();

    public void SetFailed(Exception failure) => _stored.TrySetException(failure);
}
