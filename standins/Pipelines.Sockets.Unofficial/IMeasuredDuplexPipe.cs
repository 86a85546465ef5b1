using System.IO.Pipelines;

namespace Pipelines.Sockets.Unofficial;

/// <summary>A duplex pipe that counts what it carries.</summary>
public interface IMeasuredDuplexPipe : IDuplexPipe
{
    /// <summary>Bytes handed to the operating system or the stream below, since the start.</summary>
    long TotalBytesSent { get; }

    /// <summary>Bytes received, since the start; some may not have been read yet.</summary>
    long TotalBytesReceived { get; }
}
