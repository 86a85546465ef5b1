using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;

namespace Fib.Tests.System.Routers;

public sealed class GatewayTests : RouterTests
{
    [Fact]
    public async Task Get_Request_CarriesHostSchemeAndTrace()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/values/all");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        using var response = await Client.SendAsync(request);
        Assert.Equal(Client.BaseAddress!.Authority, response.Headers.GetValues("X-Seen-Host").Single());
        Assert.Equal("http", response.Headers.GetValues("X-Seen-Forwarded").Single());
        Assert.Contains("0af7651916cd43dd8448eb211c80319c", response.Headers.GetValues("X-Seen-Trace").Single(), StringComparison.Ordinal);
        Assert.Empty(response.Headers.Server);
    }

    /// <summary>A shared request has no client; that of a page always has one.</summary>
    [Fact]
    public async Task Get_Repeatedly_IsSharedOnlyByRequestsOfTheApi()
    {
        await Eventually.HoldsAsync("a request of the api is shared", async _ => await GetClientAsync("/api/values") is null);
        for (var repetition = 0; repetition < 10; repetition++)
            Assert.NotNull(await GetClientAsync("/"));
    }

    /// <summary>The number stands for what is stored: every client changes it and then reads it.</summary>
    [Fact]
    public async Task Get_AtTheSameTimeAsOthers_IsNewerThanItsRequest()
    {
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            for (var repetition = 0; repetition < 50; repetition++)
            {
                var own = Api.IncreaseNumber();
                var read = await Client.GetStringAsync("/api/number");
                Assert.InRange(int.Parse(read, CultureInfo.InvariantCulture), own, int.MaxValue);
            }
        })));
    }

    [Fact]
    public async Task Post_ManyAtTheSameTime_AreJoinedExceptThoseThatTheServiceRejects()
    {
        await Eventually.HoldsAsync("submissions are joined", async token =>
        {
            var rejected = Enumerable.Range(0, 4).Select(_ => Client.PostJsonAsync("""{"index":"1001"}"""));
            var accepted = Enumerable.Range(0, 16).Select(_ => Client.PostJsonAsync("""{"index":"7"}""")).ToArray();
            foreach (var response in await Task.WhenAll(rejected))
                Assert.Equal("api POST /values 16", await response.Content.ReadAsStringAsync(token));
            var joined = 0;
            foreach (var response in await Task.WhenAll(accepted))
            {
                var body = await response.Content.ReadAsStringAsync(token);
                joined += body == """{"working":true}""" ? 1 : 0;
                Assert.True(body is """{"working":true}""" or "api POST /values 13", body);
                Assert.NotEqual(true, response.Headers.TransferEncodingChunked);
            }

            return joined > 8;
        });
    }

    /// <summary>Whether a response is long is known only after the first one.</summary>
    [Theory]
    [InlineData("/api/values", "HTTP/2", "HTTP/2")]
    [InlineData("/api/long", "HTTP/2", "HTTP/1.1")]
    [InlineData("/api/sized/65535", "HTTP/2", "HTTP/2")]
    [InlineData("/api/sized/65536", "HTTP/2", "HTTP/1.1")]
    [InlineData("/api/unmodified", "HTTP/2", "HTTP/2")]
    [InlineData("/api/rejecting", "HTTP/2", "HTTP/2")]
    [InlineData("/api/values/events", "HTTP/1.1", "HTTP/1.1")]
    [InlineData("/", "HTTP/1.1", "HTTP/1.1")]
    public async Task Get_Twice_UsesTheVersionForTheRouteAndTheLengthOfTheResponse(string path, string first, string second)
    {
        Assert.Equal(first, await GetVersionAsync(path));
        Assert.Equal(second, await GetVersionAsync(path));
    }

    /// <summary>The upstream counts a request until it ends, and closes a connection with too many of them.</summary>
    [Fact]
    public async Task Get_ManyClientsDisconnect_OtherRequestsOfTheConnectionAreAnswered()
    {
        using var deadline = new CancellationTokenSource(Eventually.DefaultTimeout);
        var other = Client.PostAsync("/api/held", new StringContent("7"), deadline.Token);
        await Api.WaitForHeldAsync(deadline.Token);
        for (var client = 0; client < 300; client++)
        {
            using var disconnect = new CancellationTokenSource();
            var response = Client.GetAsync("/api/held", disconnect.Token);
            await Api.WaitForHeldAsync(deadline.Token);
            await disconnect.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => response);
        }

        Api.Release();
        using var answer = await other;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>A request that waits for the timeout of the connect is repeated: with HTTP/2 one, with HTTP/1.1 each.</summary>
    [Theory]
    [InlineData("/api/values")]
    [InlineData("/")]
    public async Task Get_OneOfTwoReplicasDropsConnects_TheOtherResponds(string path)
    {
        using var dropping = new Socket(SocketType.Stream, ProtocolType.Tcp);
        dropping.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        dropping.Listen(0);
        using var queued = new TcpClient();
        await queued.ConnectAsync((IPEndPoint)dropping.LocalEndPoint!);
        var address = $"http://{dropping.LocalEndPoint}";
        await using var gateway = await RunningGateway.StartAsync(
            address, address, Api.Address, KeyValuePair.Create("services__web__http__1", Api.Address));

        var responses = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => gateway.Client.GetAsync(path)));

        Assert.All(responses.Select(response => response.StatusCode), status => Assert.Equal(HttpStatusCode.OK, status));
    }

    /// <summary>YARP would change the method to CONNECT.</summary>
    [Theory]
    [InlineData("/api/values")]
    [InlineData("/api/long")]
    public async Task Get_UpgradeToAWebSocket_IsIgnored(string path)
    {
        for (var repetition = 0; repetition < 2; repetition++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Connection.Add("Upgrade");
            request.Headers.Upgrade.ParseAdd("websocket");
            request.Headers.Add("Sec-WebSocket-Version", "13");
            request.Headers.Add("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
            using var response = await Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    /// <summary>A slow body would end all requests that share its connection.</summary>
    [Theory]
    [InlineData(10, false, "HTTP/2")]
    [InlineData(10, true, "HTTP/1.1")]
    [InlineData(10_000, false, "HTTP/1.1")]
    public async Task Post_Body_UsesHttp2IfItIsShort(int length, bool chunked, string version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/values") { Content = new ByteArrayContent(new byte[length]) };
        request.Headers.TransferEncodingChunked = chunked;
        using var response = await Client.SendAsync(request);
        Assert.Equal($"api POST /values {length}", await response.Content.ReadAsStringAsync());
        Assert.Equal(version, response.Headers.GetValues("X-Seen-Version").Single());
    }

    [Fact]
    public async Task Get_OneOfTwoReplicasIsUnreachable_TheOtherResponds()
    {
        await using var gateway = await RunningGateway.StartAsync(FakeUpstream.GetFreeAddress(), Api.Address, Api.Address);
        for (var request = 0; request < 20; request++)
            Assert.Equal("api GET /values 0", await gateway.Client.GetStringAsync("/api/values"));
    }

    /// <summary>The replica that closed the connection may have stored the submission; the client repeats it, with its key.</summary>
    [Fact]
    public async Task Post_OneOfTwoReplicasIsUnreachable_IsSentOnce()
    {
        await using var gateway = await RunningGateway.StartAsync(FakeUpstream.GetFreeAddress(), Api.Address, Api.Address);
        var first = HttpStatusCode.OK;
        for (var attempt = 0; first == HttpStatusCode.OK && attempt < 100; attempt++)
        {
            using var response = await gateway.Client.PostJsonAsync("""{"index":7}""");
            first = response.StatusCode;
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, first);
    }

    [Fact]
    public async Task Get_HealthWhileTheWebHangs_TimesOutBeforeAPage()
    {
        using var web = new TcpListener(IPAddress.Loopback, 0);
        web.Start();
        await using var gateway = await RunningGateway.StartAsync(Api.Address, $"http://{web.LocalEndpoint}");
        using var abort = new CancellationTokenSource();
        var page = gateway.Client.GetAsync("/", abort.Token);
        using var health = await gateway.Client.GetAsync("/health");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.False(page.IsCompleted);
        await abort.CancelAsync();
    }

    [Theory]
    [InlineData("/api/values", "application/problem+json")]
    [InlineData("/", "text/html")]
    public async Task Get_ErrorWithAnEmptyPathForProblemDetails_IsAsWithoutTheVariable(string path, string type)
    {
        await using var gateway = await RunningGateway.StartAsync(
            FakeUpstream.GetFreeAddress(), FakeUpstream.GetFreeAddress(), null, KeyValuePair.Create("Gateway__ProblemDetailsPath", ""));
        using var response = await gateway.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Stop_WithAnOpenEventStreamAndWebSocket_WaitsForNeither()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await using var web = await FakeUpstream.StartAsync("web");
        var stopping = await RunningGateway.StartAsync(Api.Address, web.Address);
        using var stream = await stopping.Client.GetAsync("/api/values/events", HttpCompletionOption.ResponseHeadersRead, deadline.Token);
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(stopping.Client.BaseAddress!) { Scheme = "ws", Path = "/ws" }.Uri, deadline.Token);
        // By default the host waits up to 30 seconds for open connections.
        await stopping.StopAsync().WaitAsync(deadline.Token);
        await stopping.DisposeAsync();
    }

    private protected override async Task<IRouter?> StartRouterAsync(string api, string web) => await RunningGateway.StartAsync(api, web);

    /// <summary>The address that the service receives as that of the client; null if it receives none.</summary>
    private async Task<string?> GetClientAsync(string path)
    {
        using var response = await Client.GetAsync(path);
        return response.Headers.GetValues("X-Seen-Client").Single() is { Length: > 0 } client ? client : null;
    }

    /// <summary>The version of a request that equals no other, so that it is forwarded.</summary>
    private async Task<string> GetVersionAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-Unique", Guid.NewGuid().ToString());
        using var response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return response.Headers.GetValues("X-Seen-Version").Single();
    }
}
