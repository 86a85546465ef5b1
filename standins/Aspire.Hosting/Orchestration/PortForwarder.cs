using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting.Orchestration;

/// <summary>Passes connections on to the ports of a resource's instances in turn, skipping those that do not answer.</summary>
internal sealed class PortForwarder : IDisposable
{
    private readonly IReadOnlyList<int> _targets;
    private readonly List<TcpListener> _listeners = [];
    private readonly CancellationTokenSource _stop = new();
    private int _next;

    public PortForwarder(int port, IReadOnlyList<int> targets)
    {
        _targets = targets;
        foreach (var address in (IPAddress[])[IPAddress.Loopback, IPAddress.IPv6Loopback])
            if (address.AddressFamily == AddressFamily.InterNetwork || Socket.OSSupportsIPv6)
                Listen(new TcpListener(address, port));
    }

    public void Dispose()
    {
        _stop.Cancel();
        foreach (var listener in _listeners)
            listener.Dispose();
    }

    private void Listen(TcpListener listener)
    {
        try
        {
            listener.Start();
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressNotAvailable)
        {
            return;
        }
        _listeners.Add(listener);
        _ = AcceptAsync(listener);
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
                _ = ForwardAsync(await listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The host stops.
        }
    }

    private async Task ForwardAsync(TcpClient client)
    {
        using var near = client;
        using var far = await ConnectAsync();
        if (far is null)
            return;
        try
        {
            await Task.WhenAll(CopyAsync(near, far), CopyAsync(far, near));
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // One side is gone; closing both tells the other.
        }
    }

    private async Task<TcpClient?> ConnectAsync()
    {
        for (var i = 0; i < _targets.Count; i++)
        {
            var client = new TcpClient();
            try
            {
                await client.ConnectAsync("localhost", _targets[(int)((uint)Interlocked.Increment(ref _next) % _targets.Count)], _stop.Token);
                return client;
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                client.Dispose();
            }
        }
        return null;
    }

    private async Task CopyAsync(TcpClient from, TcpClient to)
    {
        await from.GetStream().CopyToAsync(to.GetStream(), _stop.Token);
        to.Client.Shutdown(SocketShutdown.Send);
    }
}
