using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace Fib.Tests.Gateway;

public sealed class GatewayErrorsTests : IAsyncLifetime
{
    private Neighbour _api = null!;
    private RunningGateway _gateway = null!;
    private RunningGateway _alone = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await Neighbour.StartAsync("api");
        _gateway = await RunningGateway.StartAsync(_api.Address, Neighbour.GetFreeAddress());
        _alone = await RunningGateway.StartAsync(Neighbour.GetFreeAddress(), Neighbour.GetFreeAddress());
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _alone.DisposeAsync();
        await _api.DisposeAsync();
    }

    [Theory]
    [InlineData("/api/health")]
    [InlineData("/api/health/")]
    [InlineData("/API/Health")]
    [InlineData("/api/%68ealth")]
    [InlineData("/api/alive")]
    public async Task Get_ServicesOwnHealth_IsNotRoutedOutward(string path)
    {
        using var answer = await _gateway.Client.GetAsync(path);
        await AssertProblemAsync(answer, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Get_OneOfTwoReplicasIsGone_TheOtherAnswers()
    {
        await using var gateway = await RunningGateway.StartAsync(Neighbour.GetFreeAddress(), _api.Address, _api.Address);
        while (true)
        {
            using var answer = await gateway.Client.GetAsync("/api/values");
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
                break;
        }

        for (var request = 0; request < 10; request++)
            Assert.Equal("api GET /values 0", await gateway.Client.GetStringAsync("/api/values"));
    }

    [Fact]
    public async Task Get_HealthWhileTheWebHangs_IsAnsweredBeforeAPageWouldBe()
    {
        using var web = new TcpListener(IPAddress.Loopback, 0);
        web.Start();
        await using var gateway = await RunningGateway.StartAsync(_api.Address, $"http://{web.LocalEndpoint}");
        using var leave = new CancellationTokenSource();
        var page = gateway.Client.GetAsync("/", leave.Token);
        using var health = await gateway.Client.GetAsync("/health");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.False(page.IsCompleted);
        await leave.CancelAsync();
    }

    [Fact]
    public async Task Get_Alive_IsTheGatewaysOwn() =>
        Assert.Equal("Healthy", await _alone.Client.GetStringAsync("/alive"));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_BodyOverTheLimit_Answers413(bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/values") { Content = new ByteArrayContent(new byte[102_401]), Headers = { TransferEncodingChunked = chunked } };
        using var answer = await _gateway.Client.SendAsync(request);
        await AssertProblemAsync(answer, HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Post_BodyAtTheLimit_Passes()
    {
        using var answer = await _gateway.Client.PostAsync("/api/values", new ByteArrayContent(new byte[102_400]));
        Assert.Equal("api POST /values 102400", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/api/values", "text/html")]
    [InlineData("/api/values/events", "text/event-stream")]
    public async Task Get_ApiAway_Answers503WhateverIsAccepted(string path, string accepts)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept", accepts } } };
        using var answer = await _alone.Client.SendAsync(request);
        Assert.Equal(TimeSpan.FromSeconds(2), answer.Headers.RetryAfter?.Delta);
        await AssertProblemAsync(answer, HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Get_WebAway_AnswersAPage()
    {
        using var answer = await _alone.Client.GetAsync("/");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("default-src 'self';", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal(TimeSpan.FromSeconds(2), answer.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Get_ErrorOfTheApi_PassesAsItIs()
    {
        using var answer = await _gateway.Client.GetAsync("/api/refusing");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal("Index too high", await answer.Content.ReadAsStringAsync());
    }

    private static async Task AssertProblemAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.All(["type", "title", "detail", "traceId"], name => Assert.NotEmpty(problem.GetProperty(name).GetString()!));
    }
}
