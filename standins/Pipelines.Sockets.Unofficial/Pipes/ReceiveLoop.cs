using System.IO.Pipelines;

namespace Pipelines.Sockets.Unofficial;

/// <summary>Moves what a transport receives into a pipe, until either side ends.</summary>
internal sealed class ReceiveLoop(ITransport transport, PipeWriter sink, ConnectionStatus status)
{
    private const int LargestBuffer = 128 * 1024;

    /// <summary>Runs to the end; never throws. The end of the peer, and our own, completes the pipe without an error.</summary>
    internal async Task RunAsync()
    {
        Exception? failure = null;
        try
        {
            await MoveAsync();
        }
        catch (Exception exception)
        {
            failure = Explain(exception);
        }

        await sink.CompleteAsync(failure);
    }

    private async Task MoveAsync()
    {
        var wanted = 0;
        while (true)
        {
            var buffer = sink.GetMemory(wanted);
            var count = await transport.ReceiveAsync(buffer);
            if (count == 0)
            {
                status.TrySetShutdown(PipeShutdownKind.ReadEndOfStream);
                return;
            }

            status.CountReceived(count);
            sink.Advance(count);
            var flushed = await sink.FlushAsync();
            if (flushed.IsCompleted || flushed.IsCanceled)
            {
                status.TrySetShutdown(PipeShutdownKind.ReadFlushCompleted);
                return;
            }

            // A full buffer means a long reply: fewer, larger pieces of it spare the parser attempts.
            wanted = count == buffer.Length ? Math.Min(buffer.Length * 2, LargestBuffer) : 0;
        }
    }

    private Exception? Explain(Exception exception)
    {
        if (status.IsClosing) return null;
        status.TrySetFailure(exception, PipeShutdownKind.ReadSocketError, PipeShutdownKind.ReadException);
        return exception is IOException ? exception : new ConnectionResetException(exception.Message, exception);
    }
}
