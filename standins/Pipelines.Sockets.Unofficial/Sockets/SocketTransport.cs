using System.Buffers;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Pipelines.Sockets.Unofficial;

/// <summary>A connected socket as transport; segments are sent together, without copying them.</summary>
internal sealed class SocketTransport(Socket socket) : ITransport
{
    // Far below the 1,024 buffers Linux takes in one call, and enough for half a megabyte.
    private const int MostSegments = 64;
    private readonly List<ArraySegment<byte>> _batch = [];

    public ValueTask<int> ReceiveAsync(Memory<byte> buffer) => socket.ReceiveAsync(buffer);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SendAsync(ReadOnlySequence<byte> data)
    {
        while (!data.IsEmpty)
        {
            var sent = FillBatch(data) ? await socket.SendAsync(_batch) : await socket.SendAsync(data.First);
            if (sent == 0) throw new SocketException((int)SocketError.ConnectionReset);
            data = data.Slice(sent);
        }
    }

    public ValueTask EndSendAsync()
    {
        socket.Shutdown(SocketShutdown.Send);
        return default;
    }

    public void Close(Task loops)
    {
        try
        {
            // Without it, disposing under a pending receive resets the connection instead of ending it.
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It was not connected any more.
        }

        socket.Dispose();
    }

    /// <summary>Gathers the first segments; false if the first one is to be sent alone.</summary>
    private bool FillBatch(in ReadOnlySequence<byte> data)
    {
        _batch.Clear();
        if (data.IsSingleSegment) return false;
        foreach (var memory in data)
        {
            if (_batch.Count == MostSegments || !MemoryMarshal.TryGetArray(memory, out var segment)) break;
            if (segment.Count > 0) _batch.Add(segment);
        }

        return _batch.Count > 0;
    }
}
