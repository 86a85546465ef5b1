using System.Net;
using System.Net.Sockets;
using System.Text;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;

namespace Fib.Tests.System.Routers;

/// <summary>The web is a socket here, with HTTP/1.1: one read shows what the gateway sends in one packet.</summary>
public sealed class ShortBodyTests : IAsyncLifetime
{
    private const string Body = """{"index":"7"}""";

    private readonly TcpListener _web = new(IPAddress.Loopback, 0);
    private RunningGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _web.Start();
        _gateway = await RunningGateway.StartAsync(FakeUpstream.GetFreeAddress(), $"http://{_web.LocalEndpoint}");
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _web.Dispose();
    }

    [Fact]
    public async Task Post_ShortBody_IsSentWithItsHeaders()
    {
        var response = _gateway.Client.PostAsync("/values", new StringContent(Body, Encoding.UTF8, "application/json"));
        using var connection = await _web.AcceptSocketAsync().WaitAsync(Eventually.DefaultTimeout);
        var received = await ReceiveAsync(connection);
        Assert.StartsWith("POST /values HTTP/1.1\r\n", received, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: 13\r\n", received, StringComparison.Ordinal);
        Assert.EndsWith($"\r\n\r\n{Body}", received, StringComparison.Ordinal);

        await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
        Assert.Equal(HttpStatusCode.OK, (await response).StatusCode);
    }

    [Fact]
    public async Task Post_IncompleteShortBody_HoldsNoConnectionToTheService()
    {
        using var slow = new TcpClient();
        await slow.ConnectAsync(IPAddress.Loopback, _gateway.Client.BaseAddress!.Port);
        await slow.GetStream().WriteAsync("POST /values HTTP/1.1\r\nHost: fib\r\nContent-Length: 13\r\n\r\n{"u8.ToArray());

        var other = _gateway.Client.GetAsync("/values/all");
        using var connection = await _web.AcceptSocketAsync().WaitAsync(Eventually.DefaultTimeout);
        Assert.StartsWith("GET /values/all ", await ReceiveAsync(connection), StringComparison.Ordinal);
        await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
        await other;
        Assert.False(_web.Pending());
    }

    private static async Task<string> ReceiveAsync(Socket connection)
    {
        var buffer = new byte[8 * 1024];
        return Encoding.UTF8.GetString(buffer, 0, await connection.ReceiveAsync(buffer).WaitAsync(Eventually.DefaultTimeout));
    }
}
