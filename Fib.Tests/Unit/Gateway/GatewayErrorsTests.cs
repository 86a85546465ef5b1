using System.Net;
using System.Net.Sockets;
using Fib.Tests.Support;

namespace Fib.Tests.Unit.Gateway;

public sealed class GatewayErrorsTests : IAsyncLifetime
{
    private FakeUpstream _api = null!;
    private RunningGateway _gateway = null!;
    private RunningGateway _isolated = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await FakeUpstream.StartAsync("api");
        _gateway = await RunningGateway.StartAsync(_api.Address, FakeUpstream.GetFreeAddress());
        _isolated = await RunningGateway.StartAsync(FakeUpstream.GetFreeAddress(), FakeUpstream.GetFreeAddress());
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _isolated.DisposeAsync();
        await _api.DisposeAsync();
    }

    [Theory]
    [InlineData("/api/health")]
    [InlineData("/api/health/")]
    [InlineData("/API/Health")]
    [InlineData("/api/%68ealth")]
    [InlineData("/api/alive")]
    public async Task Get_HealthOfAService_IsNotExposed(string path)
    {
        using var response = await _gateway.Client.GetAsync(path);
        await Problem.AssertDetailAsync(HttpStatusCode.NotFound, response);
    }

    [Fact]
    public async Task Get_OneOfTwoReplicasIsUnreachable_TheOtherResponds()
    {
        await using var gateway = await RunningGateway.StartAsync(FakeUpstream.GetFreeAddress(), _api.Address, _api.Address);
        while (true)
        {
            using var response = await gateway.Client.GetAsync("/api/values");
            if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
                break;
        }

        for (var request = 0; request < 10; request++)
            Assert.Equal("api GET /values 0", await gateway.Client.GetStringAsync("/api/values"));
    }

    [Fact]
    public async Task Get_HealthWhileTheWebHangs_TimesOutBeforeAPage()
    {
        using var web = new TcpListener(IPAddress.Loopback, 0);
        web.Start();
        await using var gateway = await RunningGateway.StartAsync(_api.Address, $"http://{web.LocalEndpoint}");
        using var abort = new CancellationTokenSource();
        var page = gateway.Client.GetAsync("/", abort.Token);
        using var health = await gateway.Client.GetAsync("/health");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.False(page.IsCompleted);
        await abort.CancelAsync();
    }

    [Fact]
    public async Task Get_Alive_IsOfTheGateway() =>
        Assert.Equal("Healthy", await _isolated.Client.GetStringAsync("/alive"));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_BodyOverTheLimit_Is413(bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/values") { Content = new ByteArrayContent(new byte[102_401]) };
        request.Headers.TransferEncodingChunked = chunked;
        using var response = await _gateway.Client.SendAsync(request);
        await Problem.AssertDetailAsync(HttpStatusCode.RequestEntityTooLarge, response);
    }

    [Fact]
    public async Task Post_BodyAtTheLimit_IsForwarded()
    {
        using var response = await _gateway.Client.PostAsync("/api/values", new ByteArrayContent(new byte[102_400]));
        Assert.Equal("api POST /values 102400", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/api/values", "text/html")]
    [InlineData("/api/values/events", "text/event-stream")]
    public async Task Get_ApiUnavailable_Is503WithAnyAccept(string path, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept", accept } } };
        using var response = await _isolated.Client.SendAsync(request);
        Assert.Equal(TimeSpan.FromSeconds(2), response.Headers.RetryAfter?.Delta);
        await Problem.AssertDetailAsync(HttpStatusCode.ServiceUnavailable, response);
    }

    [Fact]
    public async Task Get_WebUnavailable_IsA503Page()
    {
        using var response = await _isolated.Client.GetAsync("/");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("default-src 'self';", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal(TimeSpan.FromSeconds(2), response.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Get_ErrorOfTheApi_IsForwardedUnchanged()
    {
        using var response = await _gateway.Client.GetAsync("/api/rejecting");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Equal("Index too high", await response.Content.ReadAsStringAsync());
    }
}
