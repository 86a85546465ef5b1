using System.IO.Pipelines;

namespace Pipelines.Sockets.Unofficial;

/// <summary>A stream as a duplex pipe.</summary>
internal sealed class StreamDuplexPipe(Duplex duplex, string? name) : IMeasuredDuplexPipe, IDisposable
{
    public PipeReader Input => duplex.Input;

    public PipeWriter Output => duplex.Output;

    public long TotalBytesSent => duplex.Status.BytesSent;

    public long TotalBytesReceived => duplex.Status.BytesReceived;

    public void Dispose() => duplex.Close();

    public override string ToString() => $"{name ?? nameof(StreamConnection)} ({duplex.Status.ShutdownKind})";
}
