using System.Diagnostics;
using Fib.Core.Sequence;

namespace Fib.Api.Submissions;

/// <summary>A submission that waits to be stored.</summary>
/// <param name="indexes">The indexes, in the order in which they are stored.</param>
/// <param name="receivedAt">When the request arrived.</param>
/// <param name="key">The idempotency key, or null; a submission whose key is stored is not stored again.</param>
internal sealed class PendingSubmission(IReadOnlyList<SequenceIndex> indexes, DateTimeOffset receivedAt, string? key)
{
    private readonly TaskCompletionSource<bool> _stored = new();
    private int _taken;

    public IReadOnlyList<SequenceIndex> Indexes { get; } = indexes;

    public DateTime ReceivedAt { get; } = receivedAt.UtcDateTime;

    public string? Key { get; } = key;

    /// <summary>The trace of the request, which continues through the commit and the append.</summary>
    public ActivityContext Trace { get; } = Activity.Current?.Context ?? default;

    /// <summary>
    /// True after the durable commit; false if the key was used for other indexes. Faulted if it is unknown whether the
    /// submission was stored.
    /// </summary>
    public Task<bool> Stored => _stored.Task;

    /// <summary>The key was used for other indexes.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>
    /// Called by the writer before it stores, and by the request when it stops waiting: only the first call returns true.
    /// </summary>
    public bool TryTake() => Interlocked.Exchange(ref _taken, 1) == 0;

    /// <summary>The key was used for other indexes: <see cref="SetStored"/> completes with false.</summary>
    public void Refuse() => IsRefused = true;

    /// <summary>Runs the continuation of the waiting request inline; call it only from a thread that may block.</summary>
    public void SetStored() => _stored.TrySetResult(!IsRefused);

    public void SetFailed(Exception exception) => _stored.TrySetException(exception);
}
