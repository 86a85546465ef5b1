using System.Net;
using System.Net.WebSockets;
using System.Text;
using Fib.Core.Contracts;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;

namespace Fib.Tests.System.Routers;

/// <summary>What the router of the system does, whichever it is: the gateway in development, nginx in the bundle.</summary>
public abstract class RouterTests : IAsyncLifetime
{
    private FakeUpstream _web = null!;
    private IRouter? _router;

    private protected FakeUpstream Api { get; private set; } = null!;

    /// <summary>A client of the router. The test is skipped if the router is not installed.</summary>
    private protected HttpClient Client
    {
        get
        {
            Assert.SkipWhen(_router is null, "nginx is not installed");
            return _router.Client;
        }
    }

    public async ValueTask InitializeAsync()
    {
        Api = await FakeUpstream.StartAsync("api");
        _web = await FakeUpstream.StartAsync("web");
        _router = await StartRouterAsync(Api.Address, _web.Address);
    }

    public async ValueTask DisposeAsync()
    {
        if (_router is not null)
            await _router.DisposeAsync();
        await Api.DisposeAsync();
        await _web.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData("/api", "api GET / 0")]
    [InlineData("/api/", "api GET / 0")]
    [InlineData("/api/values/all", "api GET /values/all 0")]
    [InlineData("/API/values/all", "api GET /values/all 0")]
    [InlineData("/api/values/all/?a=%20b&c", "api GET /values/all/?a=%20b&c 0")]
    [InlineData("/apifoo", "web GET /apifoo 0")]
    [InlineData("/", "web GET / 0")]
    [InlineData("/otherpage", "web GET /otherpage 0")]
    [InlineData("/health", "web GET /health 0")]
    public async Task Get_Path_ReachesItsService(string path, string received) =>
        Assert.Equal(received, await Client.GetStringAsync(path));

    [Fact]
    public async Task Send_Head_IsForwardedAsHead()
    {
        using var response = await Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/api/values/all"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task EventStreams_MoreThanTheConnectionLimitOfShortRequests_OpenBeforeTheirFirstEventAndDoNotBlockThem()
    {
        using var deadline = new CancellationTokenSource(Eventually.DefaultTimeout);
        var streams = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ =>
            Client.GetAsync("/api/values/events", HttpCompletionOption.ResponseHeadersRead, deadline.Token)));
        Assert.All(streams, stream => Assert.Equal("text/event-stream", stream.Content.Headers.ContentType?.MediaType));
        Assert.Equal("api GET /values/all 0", await Client.GetStringAsync("/api/values/all", deadline.Token));
        Array.ForEach(streams, stream => stream.Dispose());
    }

    [Fact]
    public async Task WebSocket_Frame_IsForwardedBothWays()
    {
        using var deadline = new CancellationTokenSource(Eventually.DefaultTimeout);
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(Client.BaseAddress!) { Scheme = "ws", Path = "/ws" }.Uri, deadline.Token);
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
    public async Task Get_HealthOfAService_IsNotExposed(string path)
    {
        using var response = await Client.GetAsync(path);
        await AssertOwnErrorAsync(HttpStatusCode.NotFound, response);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_BodyOverTheLimit_Is413(bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/values") { Content = new ByteArrayContent(new byte[102_401]) };
        request.Headers.TransferEncodingChunked = chunked;
        using var response = await Client.SendAsync(request);
        await AssertOwnErrorAsync(HttpStatusCode.RequestEntityTooLarge, response);
    }

    [Fact]
    public async Task Post_BodyAtTheLimit_IsForwarded()
    {
        using var response = await Client.PostAsync("/api/values", new ByteArrayContent(new byte[102_400]));
        Assert.Equal("api POST /values 102400", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/api/values", "text/html")]
    [InlineData("/api/values/events", "text/event-stream")]
    public async Task Get_ApiUnavailable_Is503WithAnyAccept(string path, string accept)
    {
        await using var isolated = await StartIsolatedAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept", accept } } };
        using var response = await isolated.Client.SendAsync(request);
        Assert.Equal(TimeSpan.FromSeconds(2), response.Headers.RetryAfter?.Delta);
        await AssertOwnErrorAsync(HttpStatusCode.ServiceUnavailable, response);
    }

    [Fact]
    public async Task Get_WebUnavailable_IsA503Page()
    {
        await using var isolated = await StartIsolatedAsync();
        using var response = await isolated.Client.GetAsync("/");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains(RouterErrors.GetDetail(503), await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.All(PageHeaders.All, header => Assert.Equal(header.Value, response.Headers.GetValues(header.Name).Single()));
        Assert.Equal(TimeSpan.FromSeconds(2), response.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Get_Alive_IsOfTheRouter()
    {
        await using var isolated = await StartIsolatedAsync();
        Assert.Equal("Healthy", await isolated.Client.GetStringAsync("/alive"));
    }

    [Fact]
    public async Task Get_ErrorOfTheApi_IsForwardedUnchanged()
    {
        using var response = await Client.GetAsync("/api/rejecting");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Equal("Index too high", await response.Content.ReadAsStringAsync());
    }

    /// <returns>The router, or null if it is not installed.</returns>
    private protected abstract Task<IRouter?> StartRouterAsync(string api, string web);

    /// <summary>A router whose services are unreachable.</summary>
    private async Task<IRouter> StartIsolatedAsync()
    {
        var isolated = await StartRouterAsync(FakeUpstream.GetFreeAddress(), FakeUpstream.GetFreeAddress());
        Assert.SkipWhen(isolated is null, "nginx is not installed");
        return isolated;
    }

    private static async Task AssertOwnErrorAsync(HttpStatusCode status, HttpResponseMessage response) =>
        Assert.Equal(RouterErrors.GetDetail((int)status), await Problem.AssertDetailAsync(status, response));
}

/// <summary>A running router of the system.</summary>
internal interface IRouter : IAsyncDisposable
{
    HttpClient Client { get; }
}
