using System.IO.Pipelines;
using System.Net.Sockets;

namespace Pipelines.Sockets.Unofficial;

/// <summary>A socket as a duplex pipe. Its members may be called from any thread; reading and writing are for one thread each.</summary>
public sealed partial class SocketConnection : IMeasuredDuplexPipe, IDisposable
{
    private readonly Socket _socket;
    private readonly Duplex _duplex;
    private readonly string _name;

    private SocketConnection(Socket socket, PipeOptions? sendOptions, PipeOptions? receiveOptions, string? name)
    {
        _socket = socket;
        _name = string.IsNullOrWhiteSpace(name) ? nameof(SocketConnection) : name;
        _duplex = new Duplex(new SocketTransport(socket), sendOptions, receiveOptions);
    }

    /// <summary>
    /// What the peer sends. It ends without an error when the peer ends, and with an <see cref="IOException"/> when the
    /// connection fails. Completing it waits for a read under way to be advanced over.
    /// </summary>
    public PipeReader Input => _duplex.Input;

    /// <summary>What the peer gets. A flush throws <see cref="ConnectionResetException"/> once nothing can be sent any more.</summary>
    public PipeWriter Output => _duplex.Output;

    /// <summary>What ended the connection first.</summary>
    public PipeShutdownKind ShutdownKind => _duplex.Status.ShutdownKind;

    /// <summary>The socket's error, if that ended the connection.</summary>
    public SocketError SocketError => _duplex.Status.SocketError;

    /// <summary>Bytes received since the start.</summary>
    public long BytesRead => _duplex.Status.BytesReceived;

    /// <summary>Bytes handed to the operating system since the start.</summary>
    public long BytesSent => _duplex.Status.BytesSent;

    /// <summary>Bytes that the last receive brought; 0 before the first.</summary>
    public int LastReceived => _duplex.Status.LastReceived;

    long IMeasuredDuplexPipe.TotalBytesSent => BytesSent;

    long IMeasuredDuplexPipe.TotalBytesReceived => BytesRead;

    /// <summary>Takes over a connected socket and starts receiving.</summary>
    /// <param name="socket">A connected stream socket.</param>
    /// <param name="sendPipeOptions">Thresholds, schedulers and pool of <see cref="Output"/>; null means the defaults.</param>
    /// <param name="receivePipeOptions">The same of <see cref="Input"/>.</param>
    /// <param name="connectionOptions"><see cref="SocketConnectionOptions.None"/>.</param>
    /// <param name="name">Names the connection in <see cref="ToString"/>.</param>
    public static SocketConnection Create(
        Socket socket,
        PipeOptions? sendPipeOptions,
        PipeOptions? receivePipeOptions,
        SocketConnectionOptions connectionOptions = SocketConnectionOptions.None,
        string? name = null)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ArgumentOutOfRangeException.ThrowIfNotEqual(connectionOptions, SocketConnectionOptions.None);
        return new SocketConnection(socket, sendPipeOptions, receivePipeOptions, name);
    }

    /// <summary>Does nothing: there is no dependency that could be missing.</summary>
    public static void AssertDependencies()
    {
    }

    /// <summary>Turns Nagle's delay off, which a unix socket does not have.</summary>
    public static void SetRecommendedClientOptions(Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        if (socket.AddressFamily != AddressFamily.Unix) socket.NoDelay = true;
    }

    /// <summary>Notes a goodbye of the protocol as what ended the connection.</summary>
    /// <param name="kind"><see cref="PipeShutdownKind.ProtocolExitClient"/>.</param>
    /// <returns>False if something else ended it before.</returns>
    public bool TrySetProtocolShutdown(PipeShutdownKind kind)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(kind, PipeShutdownKind.ProtocolExitClient);
        return _duplex.Status.TrySetShutdown(kind);
    }

    /// <summary>What is on its way at this moment.</summary>
    public Counters GetCounters() => new(_socket, _duplex);

    /// <summary>Ends both directions and closes the socket.</summary>
    public void Dispose() => _duplex.Close();

    /// <summary>The name and what ended the connection.</summary>
    public override string ToString() => $"{_name} ({ShutdownKind})";
}
