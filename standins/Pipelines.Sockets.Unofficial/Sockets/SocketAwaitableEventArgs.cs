using System.IO.Pipelines;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Pipelines.Sockets.Unofficial;

/// <summary>
/// One operation of a socket that can be awaited, once. The first of <see cref="Complete"/> and <see cref="Abort"/> decides
/// its outcome: a connect that ran out of time is aborted before it is cancelled, and stays timed out.
/// </summary>
public sealed class SocketAwaitableEventArgs : SocketAsyncEventArgs, ICriticalNotifyCompletion
{
    private static readonly Action Done = static () => { };
    private readonly PipeScheduler _scheduler;
    private Action? _continuation;
    private int _decided;
    private SocketError _error;
    private int _bytes;

    /// <summary>Makes one whose continuation runs on <paramref name="ioScheduler"/>; null means the thread pool.</summary>
    public SocketAwaitableEventArgs(PipeScheduler? ioScheduler = null)
        : base(true) => _scheduler = ioScheduler ?? PipeScheduler.ThreadPool;

    /// <summary>Whether the outcome is decided.</summary>
    public bool IsCompleted => ReferenceEquals(Volatile.Read(ref _continuation), Done);

    /// <summary>This object is its own awaiter.</summary>
    public SocketAwaitableEventArgs GetAwaiter() => this;

    /// <summary>The number of bytes transferred.</summary>
    /// <exception cref="SocketException">The operation failed or was aborted.</exception>
    /// <exception cref="InvalidOperationException">The outcome is not decided yet.</exception>
    public int GetResult()
    {
        if (!IsCompleted) throw new InvalidOperationException("The operation has not completed.");
        return _error == SocketError.Success ? _bytes : throw new SocketException((int)_error);
    }

    /// <summary>Decides by what the socket operation itself came to.</summary>
    public void Complete() => Decide(SocketError, BytesTransferred);

    /// <summary>Decides that the operation failed with <paramref name="error"/>.</summary>
    public void Abort(SocketError error = SocketError.OperationAborted) =>
        Decide(error == SocketError.Success ? SocketError.OperationAborted : error, 0);

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation)
    {
        ArgumentNullException.ThrowIfNull(continuation);
        var earlier = Interlocked.CompareExchange(ref _continuation, continuation, null);
        if (ReferenceEquals(earlier, Done)) Run(continuation);
        else if (earlier is not null) throw new InvalidOperationException("The operation is awaited already.");
    }

    /// <inheritdoc/>
    protected override void OnCompleted(SocketAsyncEventArgs e) => Complete();

    private void Decide(SocketError error, int bytes)
    {
        if (Interlocked.Exchange(ref _decided, 1) != 0) return;
        (_error, _bytes) = (error, bytes);
        if (Interlocked.Exchange(ref _continuation, Done) is { } continuation) Run(continuation);
    }

    private void Run(Action continuation) => _scheduler.Schedule(static action => ((Action)action!)(), continuation);
}
