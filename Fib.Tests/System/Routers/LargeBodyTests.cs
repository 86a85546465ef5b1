using System.Net;
using System.Net.Sockets;
using System.Text;
using Fib.Hosting.ElasticBeanstalk;
using Fib.LocalSystem.Processes;

namespace Fib.Tests.System.Routers;

/// <summary>A request body that is larger than what nginx keeps in memory, with the route's default limit.</summary>
public sealed class LargeBodyTests : IAsyncLifetime
{
    private readonly TcpListener _service = new(IPAddress.Loopback, 0);
    private RunningNginx? _nginx;

    public async ValueTask InitializeAsync()
    {
        _service.Start();
        _nginx = await RunningNginx.TryStartAsync(
            [new NginxRoute("/", "service")], new NginxOptions { AlivePath = "/alive" },
            new() { ["service"] = RunningNginx.Of($"http://{_service.LocalEndpoint}") });
    }

    public async ValueTask DisposeAsync()
    {
        if (_nginx is not null)
            await _nginx.DisposeAsync();
        _service.Dispose();
    }

    [Fact]
    public async Task Post_BodyThatDoesNotFitIntoMemory_IsPassedOnWithoutATemporaryFile()
    {
        Assert.SkipWhen(_nginx is null, "nginx is not installed");
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _nginx.Client.BaseAddress!.Port);
        await client.GetStream().WriteAsync(
            "POST /upload HTTP/1.1\r\nHost: shop\r\nContent-Length: 30000000\r\n\r\nthe beginning"u8.ToArray());

        // The service gets the beginning before the client has sent the end.
        using var connection = await _service.AcceptSocketAsync().WaitAsync(Eventually.DefaultTimeout);
        var received = "";
        var buffer = new byte[8 * 1024];
        while (!received.EndsWith("the beginning", StringComparison.Ordinal))
        {
            var length = await connection.ReceiveAsync(buffer).WaitAsync(Eventually.DefaultTimeout);
            Assert.NotEqual(0, length);
            received += Encoding.UTF8.GetString(buffer, 0, length);
        }

        Assert.Contains("\r\nContent-Length: 30000000\r\n", received, StringComparison.Ordinal);
    }
}
