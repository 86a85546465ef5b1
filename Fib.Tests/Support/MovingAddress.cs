using System.Net;
using System.Net.Sockets;

namespace Fib.Tests.Support;

/// <summary>A name that leads to one server and later to another: connections stay with the server to which they were made.</summary>
internal sealed class MovingAddress : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    public MovingAddress(int port)
    {
        Target = port;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>The port to which new connections lead.</summary>
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
        using var near = client;
        using var far = new TcpClient();
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, Target, _stop.Token);
            // Where either side ends, both do.
            await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream(), _stop.Token), far.GetStream().CopyToAsync(near.GetStream(), _stop.Token));
        }
        catch (Exception failure) when (failure is SocketException or IOException or OperationCanceledException)
        {
            // The connection ends.
        }
    }
}
