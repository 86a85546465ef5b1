using System.Buffers;
using System.Net.Security;
using System.Runtime.CompilerServices;

namespace Pipelines.Sockets.Unofficial;

/// <summary>A duplex stream as transport: a TLS stream, or what a tunnel gives.</summary>
internal sealed class StreamTransport : ITransport, IDisposable
{
    private static readonly TimeSpan ClosingTime = TimeSpan.FromSeconds(1);
    private readonly Stream _stream;
    private readonly CancellationTokenSource _closing = new();
    private readonly CancellationToken _closingToken;

    internal StreamTransport(Stream stream)
    {
        _stream = stream;
        _closingToken = _closing.Token;
    }

    public ValueTask<int> ReceiveAsync(Memory<byte> buffer) => _stream.ReadAsync(buffer, _closingToken);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SendAsync(ReadOnlySequence<byte> data)
    {
        // No cancellation: half a TLS record would spoil the ones after it.
        foreach (var memory in data) await _stream.WriteAsync(memory);
        await _stream.FlushAsync();
    }

    public ValueTask EndSendAsync() => _stream is SslStream tls ? new(tls.ShutdownAsync()) : default;

    public void Close(Task loops)
    {
        _closing.Cancel();
        _ = EndAsync(loops);
    }

    public void Dispose() => _closing.Dispose();

    private async Task EndAsync(Task loops)
    {
        try
        {
            // A peer that does not read holds the last data up; disposing the stream then ends the send.
            await loops.WaitAsync(ClosingTime).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await _stream.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The stream was broken or is gone; there is nothing left to end.
        }
        finally
        {
            Dispose();
        }
    }
}
