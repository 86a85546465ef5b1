using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
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
        while (first == HttpStatusCode.OK)
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
}
