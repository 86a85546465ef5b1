using System.Net.Sockets;
using Fib.LocalSystem.Events;

namespace Fib.Tests.Support;

/// <summary>What a gateway has open on a busy day: event streams, a WebSocket, a request whose body does not come, and submissions one after another.</summary>
internal sealed class OpenTraffic : IAsyncDisposable
{
    private const int Streams = 50;
    private const int Submitters = 4;

    private readonly CancellationTokenSource _stop = new();
    private readonly List<IDisposable> _open = [];
    private readonly HttpClient _client;
    private Task _submitting = Task.CompletedTask;

    private OpenTraffic(Uri gateway) => _client = new HttpClient { BaseAddress = gateway };

    /// <summary>Opens all of it.</summary>
    public static async Task<OpenTraffic> OpenAsync(Uri gateway, Func<int> nextIndex)
    {
        var traffic = new OpenTraffic(gateway);
        for (var stream = 0; stream < Streams; stream++)
            traffic._open.Add(await EventStream.OpenAsync(traffic._client));
        traffic._open.Add(await SendHalfAsync(gateway, "GET /ws HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nHost: fib\r\n\r\n"));
        traffic._open.Add(await SendHalfAsync(gateway, "POST /api/values HTTP/1.1\r\nHost: fib\r\nContent-Type: application/json\r\nContent-Length: 13\r\n\r\n{"));
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

    private static async Task<TcpClient> SendHalfAsync(Uri gateway, string request)
    {
        var connection = new TcpClient();
        await connection.ConnectAsync(gateway.Host, gateway.Port);
        await connection.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(request));
        return connection;
    }

    private async Task SubmitAsync(Func<int> nextIndex)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var answer = await _client.PostJsonAsync($$"""{"index":{{nextIndex()}}}""");
            }
            catch (HttpRequestException)
            {
                // The gateway is stopped.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), CancellationToken.None);
        }
    }
}
