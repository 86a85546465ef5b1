using System.Net;
using System.Net.Sockets;

namespace Fib.Tests.Support;

/// <summary>Forwards connections to a port that can change, as in a failover; open connections keep their server.</summary>
internal sealed class TcpForwarder : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    public TcpForwarder(int port)
    {
        Target = port;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>The port to which new connections are forwarded.</summary>
    public int Target { get; set; }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ForwardAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    private async Task ForwardAsync(TcpClient client)
    {
        using var source = client;
        using var destination = new TcpClient();
        try
        {
            await destination.ConnectAsync(IPAddress.Loopback, Target, _stop.Token);
            // If one side closes, so does the other.
            await Task.WhenAny(
                source.GetStream().CopyToAsync(destination.GetStream(), _stop.Token),
                destination.GetStream().CopyToAsync(source.GetStream(), _stop.Token));
        }
        catch (Exception exception) when (exception is SocketException or IOException or OperationCanceledException)
        {
            // The connection ends.
        }
    }
}
