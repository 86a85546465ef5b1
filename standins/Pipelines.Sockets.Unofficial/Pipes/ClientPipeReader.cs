using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Pipelines.Sockets.Unofficial;

/// <summary>
/// A reader that may be completed by one thread while another one reads. The Redis client shuts a connection down with
/// CancelPendingRead and Complete from its heartbeat, while its own loop is anywhere between a read and AdvanceTo. On a plain
/// pipe AdvanceTo then throws, a caller gets that InvalidOperationException as the answer to a command, and the buffers being
/// parsed go back to the pool. Here completing waits until the read has been given back, and what follows finds the end.
/// </summary>
internal sealed class ClientPipeReader(PipeReader inner) : PipeReader
{
    private static readonly ReadResult End = new(default, isCanceled: true, isCompleted: true);
    private readonly Lock _gate = new();
    private ReadOnlySequence<byte> _lent;
    private long _consumed;
    private bool _reading;
    private bool _ended;
    private Exception? _reason;

    /// <summary>Bytes advanced over since the start.</summary>
    internal long Consumed => Volatile.Read(ref _consumed);

    /// <inheritdoc/>
    public override bool TryRead(out ReadResult result)
    {
        lock (_gate)
        {
            result = End;
            if (_ended) return true;
            if (!inner.TryRead(out result)) return false;
            Lend(result);
            return true;
        }
    }

    /// <inheritdoc/>
    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        ValueTask<ReadResult> read;
        lock (_gate)
        {
            if (_ended) return new(End);
            read = inner.ReadAsync(cancellationToken);
            if (read.IsCompletedSuccessfully) return new(Lend(read.Result));
            _reading = true;
        }

        return AwaitAsync(read);
    }

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        lock (_gate)
        {
            if (_ended && !_reading) return;
            if (_reading) _consumed += _lent.Slice(_lent.Start, consumed).Length;
        }

        inner.AdvanceTo(consumed, examined);
        if (!StopReading()) return;
        inner.Complete(_reason);
    }

    /// <inheritdoc/>
    public override void CancelPendingRead() => inner.CancelPendingRead();

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null)
    {
        bool reading;
        lock (_gate)
        {
            if (_ended) return;
            _ended = true;
            _reason = exception;
            reading = _reading;
        }

        if (reading) inner.CancelPendingRead();
        else inner.Complete(exception);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadResult> AwaitAsync(ValueTask<ReadResult> read)
    {
        ReadResult result;
        try
        {
            result = await read.ConfigureAwait(false);
        }
        catch (Exception) when (StopReading())
        {
            inner.Complete(_reason);
            return End;
        }

        if (TryLend(result)) return result;
        inner.AdvanceTo(result.Buffer.Start);
        StopReading();
        inner.Complete(_reason);
        return End;
    }

    private bool TryLend(in ReadResult result)
    {
        lock (_gate)
        {
            if (_ended) return false;
            Lend(result);
            return true;
        }
    }

    private ReadResult Lend(in ReadResult result)
    {
        _reading = true;
        _lent = result.Buffer;
        return result;
    }

    /// <summary>Ends the read under way; true if completing waited for that.</summary>
    private bool StopReading()
    {
        lock (_gate)
        {
            _reading = false;
            _lent = default;
            return _ended;
        }
    }
}
