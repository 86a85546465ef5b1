using System.Net.Sockets;
using Fib.LocalSystem.Events;

namespace Fib.Tests.Support;

/// <summary>Open connections of a gateway: event streams, a WebSocket, a request without the rest of its body, and submissions.</summary>
internal sealed class BackgroundTraffic : IAsyncDisposable
{
    private const int Streams = 50;
    private const int Submitters = 4;

    private readonly CancellationTokenSource _stop = new();
    private readonly List<IDisposable> _open = [];
    private readonly HttpClient _client;
    private Task _submitting = Task.CompletedTask;

    private BackgroundTraffic(Uri gateway) => _client = new HttpClient { BaseAddress = gateway };

    /// <summary>Opens the connections and starts the submissions.</summary>
    public static async Task<BackgroundTraffic> OpenAsync(Uri gateway, Func<int> nextIndex)
    {
        var traffic = new BackgroundTraffic(gateway);
        for (var stream = 0; stream < Streams; stream++)
            traffic._open.Add(await EventStream.OpenAsync(traffic._client));
        traffic._open.Add(await SendPartAsync(
            gateway,
            "GET /ws HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nHost: fib\r\n\r\n"));
        traffic._open.Add(await SendPartAsync(
            gateway,
            "POST /api/values HTTP/1.1\r\nHost: fib\r\nContent-Type: application/json\r\nContent-Length: 13\r\n\r\n{"));
        traffic._submitting = Task.WhenAll(Enumerable.Range(0, Submitters).Select(_ => traffic.SubmitAsync(nextIndex)));
        return traffic;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _submitting;
        _open.ForEach(connection => connection.Dispose());
        _client.Dispose();
        _stop.Dispose();
    }

    private static async Task<TcpClient> SendPartAsync(Uri gateway, string request)
    {
        var connection = new TcpClient();
        await connection.ConnectAsync(gateway.Host, gateway.Port);
        await connection.GetStream().WriteAsync(global::System.Text.Encoding.ASCII.GetBytes(request));
        return connection;
    }

    private async Task SubmitAsync(Func<int> nextIndex)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var response = await _client.PostJsonAsync($$"""{"index":{{nextIndex()}}}""");
            }
            catch (HttpRequestException)
            {
                // The gateway is stopped.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), CancellationToken.None);
        }
    }
}
