using System.Net;
using System.Net.WebSockets;
using System.Text;

namespace Fib.Tests.Unit.Gateway;

public sealed class GatewayRoutingTests : IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private FakeUpstream _api = null!;
    private FakeUpstream _web = null!;
    private RunningGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await FakeUpstream.StartAsync("api");
        _web = await FakeUpstream.StartAsync("web");
        _gateway = await RunningGateway.StartAsync(_api.Address, _web.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _api.DisposeAsync();
        await _web.DisposeAsync();
    }

    [Theory]
    [InlineData("/api", "api GET / 0")]
    [InlineData("/api/", "api GET / 0")]
    [InlineData("/api/values/all", "api GET /values/all 0")]
    [InlineData("/api/values/all/?a=%20b&c", "api GET /values/all/?a=%20b&c 0")]
    [InlineData("/apifoo", "web GET /apifoo 0")]
    [InlineData("/", "web GET / 0")]
    [InlineData("/otherpage", "web GET /otherpage 0")]
    [InlineData("/health", "web GET /health 0")]
    public async Task Get_Path_ReachesItsService(string path, string received) =>
        Assert.Equal(received, await _gateway.Client.GetStringAsync(path));

    [Fact]
    public async Task Send_Head_IsForwardedAsHead()
    {
        using var response = await _gateway.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/api/values/all"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Get_Request_CarriesHostSchemeAndTrace()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/values/all");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        using var response = await _gateway.Client.SendAsync(request);
        Assert.Equal(_gateway.Client.BaseAddress!.Authority, response.Headers.GetValues("X-Seen-Host").Single());
        Assert.Equal("http", response.Headers.GetValues("X-Seen-Forwarded").Single());
        Assert.Contains("0af7651916cd43dd8448eb211c80319c", response.Headers.GetValues("X-Seen-Trace").Single(), StringComparison.Ordinal);
        Assert.Empty(response.Headers.Server);
    }

    [Fact]
    public async Task Get_EventStream_OpensBeforeItsFirstEvent()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        using var response = await _gateway.Client.GetAsync("/api/values/events", HttpCompletionOption.ResponseHeadersRead, deadline.Token);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task EventStreams_MoreThanTheConnectionLimitOfShortRequests_DoNotBlockThem()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        var streams = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ =>
            _gateway.Client.GetAsync("/api/values/events", HttpCompletionOption.ResponseHeadersRead, deadline.Token)));
        Assert.Equal("api GET /values/all 0", await _gateway.Client.GetStringAsync("/api/values/all", deadline.Token));
        Array.ForEach(streams, stream => stream.Dispose());
    }

    [Fact]
    public async Task WebSocket_Frame_IsForwardedBothWays()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(_gateway.Client.BaseAddress!) { Scheme = "ws", Path = "/ws" }.Uri, deadline.Token);
        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, deadline.Token);
        var buffer = new byte[64];
        var received = await socket.ReceiveAsync(buffer, deadline.Token);
        Assert.Equal("hello", Encoding.UTF8.GetString(buffer, 0, received.Count));
    }

    [Fact]
    public async Task Stop_WithAnOpenEventStreamAndWebSocket_WaitsForNeither()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        var stopping = await RunningGateway.StartAsync(_api.Address, _web.Address);
        using var stream = await stopping.Client.GetAsync("/api/values/events", HttpCompletionOption.ResponseHeadersRead, deadline.Token);
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(stopping.Client.BaseAddress!) { Scheme = "ws", Path = "/ws" }.Uri, deadline.Token);
        // By default the host waits up to 30 seconds for open connections.
        await stopping.StopAsync().WaitAsync(deadline.Token);
        await stopping.DisposeAsync();
    }
}
