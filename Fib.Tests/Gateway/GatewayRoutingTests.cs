using System.Net;
using System.Net.WebSockets;
using System.Text;

namespace Fib.Tests.Gateway;

public sealed class GatewayRoutingTests : IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private Neighbour _api = null!;
    private Neighbour _web = null!;
    private RunningGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await Neighbour.StartAsync("api");
        _web = await Neighbour.StartAsync("web");
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
    public async Task Get_Path_ReachesItsService(string path, string seen) =>
        Assert.Equal(seen, await _gateway.Client.GetStringAsync(path));

    [Fact]
    public async Task Send_Head_StaysHead()
    {
        using var answer = await _gateway.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/api/values/all"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Get_Request_CarriesHostSchemeAndTrace()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/values/all") { Headers = { { "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" } } };
        using var answer = await _gateway.Client.SendAsync(request);
        Assert.Equal(_gateway.Client.BaseAddress!.Authority, answer.Headers.GetValues("X-Seen-Host").Single());
        Assert.Equal("http", answer.Headers.GetValues("X-Seen-Forwarded").Single());
        Assert.Contains("0af7651916cd43dd8448eb211c80319c", answer.Headers.GetValues("X-Seen-Trace").Single(), StringComparison.Ordinal);
        Assert.Empty(answer.Headers.Server);
    }

    [Fact]
    public async Task Get_EventStream_OpensBeforeItsFirstEvent()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        using var answer = await _gateway.Client.GetAsync("/api/values/events", HttpCompletionOption.ResponseHeadersRead, deadline.Token);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task EventStreams_MoreThanShortRequestsMayHaveConnections_LeaveRoomForThem()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        var streams = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => _gateway.Client.GetAsync("/api/values/events", HttpCompletionOption.ResponseHeadersRead, deadline.Token)));
        Assert.Equal("api GET /values/all 0", await _gateway.Client.GetStringAsync("/api/values/all", deadline.Token));
        Array.ForEach(streams, stream => stream.Dispose());
    }

    [Fact]
    public async Task WebSocket_Frame_PassesBothWays()
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
    public async Task Stop_WithAnEventStreamAndAWebSocketOpen_WaitsForNeither()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        var stopping = await RunningGateway.StartAsync(_api.Address, _web.Address);
        using var stream = await stopping.Client.GetAsync("/api/values/events", HttpCompletionOption.ResponseHeadersRead, deadline.Token);
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(stopping.Client.BaseAddress!) { Scheme = "ws", Path = "/ws" }.Uri, deadline.Token);
        // Left to itself the host waits for them for 30 seconds.
        await stopping.StopAsync().WaitAsync(deadline.Token);
        await stopping.DisposeAsync();
    }
}
