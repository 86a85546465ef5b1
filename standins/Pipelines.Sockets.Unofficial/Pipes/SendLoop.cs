using System.IO.Pipelines;

namespace Pipelines.Sockets.Unofficial;

/// <summary>Moves what is written to a pipe to a transport, until either side ends.</summary>
internal sealed class SendLoop(PipeReader source, ITransport transport, ConnectionStatus status)
{
    /// <summary>
    /// Runs to the end; never throws. However it ends, a later flush throws <see cref="ConnectionResetException"/>: the
    /// Redis client does not look at a flush's result, and would wait for the answer to what was never sent.
    /// </summary>
    internal async Task RunAsync()
    {
        var reason = new ConnectionResetException("The connection is closed.");
        try
        {
            await MoveAsync();
        }
        catch (Exception exception) when (!status.IsClosing)
        {
            status.TrySetFailure(exception, PipeShutdownKind.WriteSocketError, PipeShutdownKind.WriteException);
            reason = new ConnectionResetException(exception.Message, exception);
        }
        catch (Exception)
        {
            // Closing cut the send short.
        }

        await source.CompleteAsync(reason);
    }

    private async Task MoveAsync()
    {
        while (true)
        {
            var read = await source.ReadAsync();
            if (!read.Buffer.IsEmpty)
            {
                await transport.SendAsync(read.Buffer);
                status.CountSent(read.Buffer.Length);
            }

            source.AdvanceTo(read.Buffer.End);
            if (!read.IsCompleted && !read.IsCanceled) continue;
            status.TrySetShutdown(PipeShutdownKind.WriteEndOfStream);
            await transport.EndSendAsync();
            return;
        }
    }
}
