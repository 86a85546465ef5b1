using System.Net;
using System.Net.WebSockets;
using System.Text;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;
using Fib.Tests.Unit.Gateway;

namespace Fib.Tests.Publishing.Outputs;

/// <summary>nginx answers like the gateway: the same cases as GatewayRoutingTests and GatewayErrorsTests.</summary>
public sealed class NginxTests : IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private FakeUpstream _api = null!;
    private FakeUpstream _web = null!;
    private RunningNginx? _nginx;
    private RunningNginx? _withoutServices;

    public async ValueTask InitializeAsync()
    {
        _api = await FakeUpstream.StartAsync("api");
        _web = await FakeUpstream.StartAsync("web");
        if (!Command.Exists("nginx"))
            return;
        _nginx = await RunningNginx.StartAsync(_api.Address, _web.Address);
        _withoutServices = await RunningNginx.StartAsync(FakeUpstream.GetFreeAddress(), FakeUpstream.GetFreeAddress());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var nginx in new[] { _nginx, _withoutServices }.OfType<RunningNginx>())
            await nginx.DisposeAsync();
        await _api.DisposeAsync();
        await _web.DisposeAsync();
    }

    [Theory]
    [InlineData("/api", "api GET / 0")]
    [InlineData("/api/", "api GET / 0")]
    [InlineData("/API/values/all", "api GET /values/all 0")]
    [InlineData("/api/values/all/?a=%20b&c", "api GET /values/all/?a=%20b&c 0")]
    [InlineData("/apifoo", "web GET /apifoo 0")]
    [InlineData("/", "web GET / 0")]
    [InlineData("/otherpage", "web GET /otherpage 0")]
    [InlineData("/health", "web GET /health 0")]
    public async Task Get_Path_ReachesItsService(string path, string seen) =>
        Assert.Equal(seen, await Started(_nginx).GetStringAsync(path));

    [Fact]
    public async Task Get_Request_CarriesHostAndScheme()
    {
        var client = Started(_nginx);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/values/all") { Headers = { { "X-Forwarded-Proto", "https" } } };
        using var response = await client.SendAsync(request);
        Assert.Equal(client.BaseAddress!.Authority, response.Headers.GetValues("X-Seen-Host").Single());
        Assert.Equal("https", response.Headers.GetValues("X-Seen-Forwarded").Single());
    }

    [Fact]
    public async Task EventStreams_Many_OpenBeforeTheirFirstEventAndDoNotBlockRequests()
    {
        var client = Started(_nginx);
        using var deadline = new CancellationTokenSource(Deadline);
        var streams = await Task.WhenAll(Enumerable.Range(
            0, 100).Select(_ => client.GetAsync("/api/values/events", HttpCompletionOption.ResponseHeadersRead, deadline.Token)));
        Assert.All(streams, stream => Assert.Equal("text/event-stream", stream.Content.Headers.ContentType?.MediaType));
        Assert.Equal("api GET /values/all 0", await client.GetStringAsync("/api/values/all", deadline.Token));
        Array.ForEach(streams, stream => stream.Dispose());
    }

    [Fact]
    public async Task WebSocket_Frame_PassesBothWays()
    {
        var address = new UriBuilder(Started(_nginx).BaseAddress!) { Scheme = "ws", Path = "/ws" }.Uri;
        using var deadline = new CancellationTokenSource(Deadline);
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(address, deadline.Token);
        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, deadline.Token);
        var buffer = new byte[64];
        var received = await socket.ReceiveAsync(buffer, deadline.Token);
        Assert.Equal("hello", Encoding.UTF8.GetString(buffer, 0, received.Count));
    }

    [Theory]
    [InlineData("/api/health")]
    [InlineData("/api/health/")]
    [InlineData("/API/Health")]
    [InlineData("/api/%68ealth")]
    [InlineData("/api/alive")]
    public async Task Get_ServicesOwnHealth_IsNotExposed(string path)
    {
        using var response = await Started(_nginx).GetAsync(path);
        await Problem.AssertDetailAsync(HttpStatusCode.NotFound, response);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_BodyOverTheLimit_Answers413(bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/values")
        {
            Content = new ByteArrayContent(new byte[102_401]),
            Headers = { TransferEncodingChunked = chunked },
        };
        using var response = await Started(_nginx).SendAsync(request);
        await Problem.AssertDetailAsync(HttpStatusCode.RequestEntityTooLarge, response);
    }

    [Fact]
    public async Task Post_BodyAtTheLimit_Passes()
    {
        using var response = await Started(_nginx).PostAsync("/api/values", new ByteArrayContent(new byte[102_400]));
        Assert.Equal("api POST /values 102400", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/api/values", "text/html")]
    [InlineData("/api/values/events", "text/event-stream")]
    public async Task Get_ApiUnavailable_Answers503ForEveryAcceptHeader(string path, string accepts)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept", accepts } } };
        using var response = await Started(_withoutServices).SendAsync(request);
        Assert.Equal(TimeSpan.FromSeconds(2), response.Headers.RetryAfter?.Delta);
        await Problem.AssertDetailAsync(HttpStatusCode.ServiceUnavailable, response);
    }

    [Fact]
    public async Task Get_WebUnavailable_AnswersAPage()
    {
        using var response = await Started(_withoutServices).GetAsync("/");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(TimeSpan.FromSeconds(2), response.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Get_ErrorOfTheApi_PassesUnchanged()
    {
        using var response = await Started(_nginx).GetAsync("/api/rejecting");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Equal("Index too high", await response.Content.ReadAsStringAsync());
    }

    private static HttpClient Started(RunningNginx? nginx)
    {
        Assert.SkipWhen(nginx is null, "nginx is not installed");
        return nginx.Client;
    }
}
