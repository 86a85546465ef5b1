using System.IO.Pipelines;

namespace Pipelines.Sockets.Unofficial;

/// <summary>
/// A writer that may be completed by one thread while another one writes. On a plain pipe the writing thread would go on
/// in a span that is back in the pool, and its next call would throw. Here completing waits until a span handed out has been
/// advanced over, what is written later goes nowhere, and a flush says that the connection is closed.
/// </summary>
internal sealed class ClientPipeWriter(PipeWriter inner) : PipeWriter
{
    private const int Idle = 0;
    private const int Lent = 1;
    private const int Closing = 2;
    private const int Closed = 3;
    private const int ScratchLength = 4096;
    private byte[] _scratch = [];
    private Exception? _reason;
    private long _written;
    private int _state;

    /// <summary>Bytes written since the start, flushed or not.</summary>
    internal long Written => Volatile.Read(ref _written);

    /// <inheritdoc/>
    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    /// <inheritdoc/>
    public override long UnflushedBytes => inner.UnflushedBytes;

    /// <inheritdoc/>
    public override Memory<byte> GetMemory(int sizeHint = 0) => TryLend() ? inner.GetMemory(sizeHint) : GetScratch(sizeHint);

    /// <inheritdoc/>
    public override Span<byte> GetSpan(int sizeHint = 0) => TryLend() ? inner.GetSpan(sizeHint) : GetScratch(sizeHint);

    /// <inheritdoc/>
    public override void Advance(int bytes)
    {
        if (Volatile.Read(ref _state) == Closed) return;
        inner.Advance(bytes);
        Volatile.Write(ref _written, _written + bytes);
        TakeBack();
    }

    /// <inheritdoc/>
    /// <exception cref="ConnectionResetException">The writer is completed, or the data can't be sent.</exception>
    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        // A span that a failing write never advanced over must not hold completing up.
        TakeBack();
        return Volatile.Read(ref _state) == Closed
            ? ValueTask.FromException<FlushResult>(new ConnectionResetException("The connection is closed."))
            : inner.FlushAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null)
    {
        while (Volatile.Read(ref _state) is var state and < Closing)
        {
            Volatile.Write(ref _reason, exception);
            if (Interlocked.CompareExchange(ref _state, state == Lent ? Closing : Closed, state) != state) continue;
            if (state == Idle) inner.Complete(exception);
            return;
        }
    }

    private bool TryLend() => Interlocked.CompareExchange(ref _state, Lent, Idle) != Closed;

    private void TakeBack()
    {
        if (Interlocked.CompareExchange(ref _state, Idle, Lent) != Closing) return;
        if (Interlocked.CompareExchange(ref _state, Closed, Closing) == Closing) inner.Complete(Volatile.Read(ref _reason));
    }

    private byte[] GetScratch(int sizeHint)
    {
        if (_scratch.Length < Math.Max(sizeHint, 1)) _scratch = new byte[Math.Max(sizeHint, ScratchLength)];
        return _scratch;
    }
}
