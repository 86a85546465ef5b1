using System.Net.Sockets;

namespace Pipelines.Sockets.Unofficial;

/// <summary>What is known of a connection: how it ended, and how much it carried. Written by its loops, read from anywhere.</summary>
internal sealed class ConnectionStatus
{
    private int _shutdownKind;
    private int _socketError;
    private long _sent;
    private long _received;
    private int _lastReceived;
    private volatile bool _closing;

    internal PipeShutdownKind ShutdownKind => (PipeShutdownKind)Volatile.Read(ref _shutdownKind);

    internal SocketError SocketError => (SocketError)Volatile.Read(ref _socketError);

    internal long BytesSent => Volatile.Read(ref _sent);

    internal long BytesReceived => Volatile.Read(ref _received);

    internal int LastReceived => Volatile.Read(ref _lastReceived);

    /// <summary>Whether this side is closing, so that failures of the loops are its own doing.</summary>
    internal bool IsClosing => _closing;

    internal void BeginClosing()
    {
        TrySetShutdown(PipeShutdownKind.PipeDisposed);
        _closing = true;
    }

    /// <summary>Sets the kind; false if another one was there first.</summary>
    internal bool TrySetShutdown(PipeShutdownKind kind) =>
        Interlocked.CompareExchange(ref _shutdownKind, (int)kind, (int)PipeShutdownKind.None) == (int)PipeShutdownKind.None;

    /// <summary>Sets the kind that fits <paramref name="failure"/>, with the socket's error if it has one.</summary>
    internal void TrySetFailure(Exception failure, PipeShutdownKind socketError, PipeShutdownKind other)
    {
        if ((failure as SocketException ?? failure.InnerException) is not SocketException socketFailure) TrySetShutdown(other);
        else if (TrySetShutdown(socketError)) Volatile.Write(ref _socketError, (int)socketFailure.SocketErrorCode);
    }

    internal void CountSent(long bytes) => Interlocked.Add(ref _sent, bytes);

    internal void CountReceived(int bytes)
    {
        Volatile.Write(ref _lastReceived, bytes);
        Interlocked.Add(ref _received, bytes);
    }
}
