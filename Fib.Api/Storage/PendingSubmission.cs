using System.Diagnostics;
using Fib.Core.Sequence;

namespace Fib.Api.Storage;

/// <summary>Someone waits for these indexes to be stored.</summary>
/// <param name="indexes">In the order in which they are stored.</param>
/// <param name="receivedAt">When the request arrived.</param>
/// <param name="key">The idempotency key, or null: what was stored under it already is not stored again.</param>
internal sealed class PendingSubmission(IReadOnlyList<SequenceIndex> indexes, DateTimeOffset receivedAt, string? key)
{
    private readonly TaskCompletionSource<bool> _stored = new();
    private int _taken;

    public IReadOnlyList<SequenceIndex> Indexes { get; } = indexes;

    public DateTime ReceivedAt { get; } = receivedAt.UtcDateTime;

    public string? Key { get; } = key;

    /// <summary>The request that asks, so that its trace runs on through the commit and the append.</summary>
    public ActivityContext Trace { get; } = Activity.Current?.Context ?? default;

    /// <summary>True once the commit is durable, false where the key was used for another submission; fails where neither is known.</summary>
    public Task<bool> Stored => _stored.Task;

    /// <summary>Its key was used for another submission.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>The writer takes it, or whoever waits gives up: only the first of the two succeeds.</summary>
    public bool TryTake() => Interlocked.Exchange(ref _taken, 1) == 0;

    /// <summary>Its key was used for another submission: <see cref="SetStored"/> will say so.</summary>
    public void Refuse() => IsRefused = true;

    /// <summary>Whoever waits goes on in here: this is for a thread that may be kept.</summary>
    public void SetStored() => _stored.TrySetResult(!IsRefused);

    public void SetFailed(Exception failure) => _stored.TrySetException(failure);
}
