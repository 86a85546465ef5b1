using System.Net;
using System.Net.Sockets;

namespace Fib.Tests.Support;

/// <summary>
/// Forwards connections to a port that can change, as in a failover; open connections keep their server. It can also lose all that is
/// sent on open connections, as a firewall does that has forgotten them.
/// </summary>
internal sealed class TcpForwarder : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private volatile int _silenced;

    public TcpForwarder(int port)
    {
        Target = port;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>The port to which new connections are forwarded.</summary>
    public int Target { get; set; }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>From now on nothing arrives that is sent on the open connections; new ones are forwarded.</summary>
    public void SilenceOpenConnections() => Interlocked.Increment(ref _silenced);

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
            await Task.WhenAny(CopyAsync(source, destination), CopyAsync(destination, source));
        }
        catch (Exception exception) when (exception is SocketException or IOException or OperationCanceledException)
        {
            // The connection ends.
        }
    }

    private async Task CopyAsync(TcpClient source, TcpClient destination)
    {
        var (buffer, silenced) = (new byte[64 * 1024], _silenced);
        while (await source.GetStream().ReadAsync(buffer, _stop.Token) is > 0 and var count)
        {
            if (_silenced == silenced)
                await destination.GetStream().WriteAsync(buffer.AsMemory(0, count), _stop.Token);
        }
    }
}
