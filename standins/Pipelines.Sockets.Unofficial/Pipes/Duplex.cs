using System.IO.Pipelines;

namespace Pipelines.Sockets.Unofficial;

/// <summary>Two pipes and the two loops between them and a transport.</summary>
internal sealed class Duplex
{
    private readonly ITransport _transport;
    private readonly PipeWriter _received;
    private readonly PipeReader _toSend;
    private readonly Task _loops;
    private int _closed;

    /// <summary>Starts the loops; <see cref="Close"/> ends them.</summary>
    internal Duplex(ITransport transport, PipeOptions? sendOptions, PipeOptions? receiveOptions)
    {
        var inbound = new Pipe(receiveOptions ?? PipeOptions.Default);
        var outbound = new Pipe(sendOptions ?? PipeOptions.Default);
        (_transport, _received, _toSend) = (transport, inbound.Writer, outbound.Reader);
        Input = new ClientPipeReader(inbound.Reader);
        Output = new ClientPipeWriter(outbound.Writer);

        // Task.Run leaves the caller's synchronization context behind.
        _loops = Task.WhenAll(
            Task.Run(new ReceiveLoop(transport, inbound.Writer, Status).RunAsync),
            Task.Run(new SendLoop(outbound.Reader, transport, Status).RunAsync));
    }

    internal ClientPipeReader Input { get; }

    internal ClientPipeWriter Output { get; }

    internal ConnectionStatus Status { get; } = new();

    /// <summary>Ends everything, from any thread and any number of times.</summary>
    internal void Close()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0) return;
        Status.BeginClosing();
        Input.Complete();
        Output.Complete();

        // Back-pressure may hold the receiver, and a span that was never given back may hold the completion above.
        _received.CancelPendingFlush();
        _toSend.CancelPendingRead();
        _transport.Close(_loops);
    }
}
