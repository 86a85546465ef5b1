using System.IO.Pipelines;

namespace Pipelines.Sockets.Unofficial;

/// <summary>Streams as pipes.</summary>
public static class StreamConnection
{
    /// <summary>
    /// Takes over a duplex stream and starts receiving. The result is an <see cref="IMeasuredDuplexPipe"/> and
    /// <see cref="IDisposable"/>; disposing it ends a TLS stream with its farewell, and disposes the stream.
    /// </summary>
    /// <param name="stream">A stream that reads and writes at once.</param>
    /// <param name="sendPipeOptions">Thresholds, schedulers and pool of the output; null means the defaults.</param>
    /// <param name="receivePipeOptions">The same of the input.</param>
    /// <param name="name">Names the connection in its text form.</param>
    /// <exception cref="ArgumentException">The stream can't read, or can't write.</exception>
    public static IDuplexPipe GetDuplex(
        Stream stream, PipeOptions? sendPipeOptions = null, PipeOptions? receivePipeOptions = null, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanRead || !stream.CanWrite) throw new ArgumentException("The stream must read and write.", nameof(stream));
        return new StreamDuplexPipe(new Duplex(new StreamTransport(stream), sendPipeOptions, receivePipeOptions), name);
    }

    /// <summary>Reads a stream on demand; completing the reader disposes the stream.</summary>
    /// <param name="stream">A stream that reads.</param>
    /// <param name="pipeOptions">Its pool and segment size count; null means the defaults.</param>
    /// <param name="name">Not used: a reader has no text form.</param>
    public static PipeReader GetReader(Stream stream, PipeOptions? pipeOptions = null, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _ = name;
        var options = pipeOptions ?? PipeOptions.Default;
        return PipeReader.Create(stream, new StreamPipeReaderOptions(options.Pool, options.MinimumSegmentSize));
    }
}
