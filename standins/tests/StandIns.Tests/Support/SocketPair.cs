using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Pipelines.Sockets.Unofficial;

namespace StandIns.Tests.Support;

/// <summary>A connection under test and the plain socket at its other end.</summary>
internal sealed class SocketPair : IDisposable
{
    private SocketPair(Socket near, Socket peer) => (Near, Peer) = (near, peer);

    internal Socket Near { get; }

    internal Socket Peer { get; }

    internal static async Task<SocketPair> CreateAsync()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var near = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        var accepted = listener.AcceptAsync();
        await near.ConnectAsync(listener.LocalEndPoint!);
        return new SocketPair(near, await accepted);
    }

    internal SocketConnection Connection(long pauseAt = 1 << 20) => SocketConnection.Create(Near, Options(pauseAt), Options(pauseAt));

    internal static PipeOptions Options(long pauseAt) =>
        new(pauseWriterThreshold: pauseAt, resumeWriterThreshold: pauseAt / 2, minimumSegmentSize: 8192, useSynchronizationContext: false);

    internal async Task<byte[]> ReceiveAsync(int count)
    {
        var bytes = new byte[count];
        await using var stream = new NetworkStream(Peer, ownsSocket: false);
        await stream.ReadExactlyAsync(bytes).AsTask().WaitAsync(Until.Deadline);
        return bytes;
    }

    public void Dispose()
    {
        Near.Dispose();
        Peer.Dispose();
    }
}
