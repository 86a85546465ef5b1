using System.Collections.Concurrent;
using System.Net;
using Fib.ServiceDefaults.Http;
using Fib.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fib.Tests.Unit.ServiceDefaults.Http;

public sealed class HttpClientDefaultsTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> _received = new();
    private WebApplication _first = null!;
    private WebApplication _second = null!;

    public async ValueTask InitializeAsync()
    {
        _first = await StartAsync("first");
        _second = await StartAsync("second");
    }

    public async ValueTask DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    [Fact]
    public async Task Get_SeveralReplicas_RoundRobin()
    {
        await using var caller = CreateCaller(_first.Urls.Single(), _second.Urls.Single());
        for (var request = 0; request < 4; request++)
            await CreateClient(caller).GetStringAsync("values");
        Assert.Equal(["first GET /values", "first GET /values", "second GET /values", "second GET /values"], _received.Order());
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task Send_UnreachableReplica_IsRetriedOnAnother(string method)
    {
        await using var caller = CreateCaller(FakeUpstream.GetFreeAddress(), _first.Urls.Single());
        for (var request = 0; request < 4; request++)
            Assert.Equal(HttpStatusCode.OK, await SendAsync(caller, method, "values"));
        Assert.Equal(4, _received.Count);
    }

    [Fact]
    public async Task Get_ConnectionBreaks_IsRetried()
    {
        await using var caller = CreateCaller(_first.Urls.Single());
        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(caller, "GET", "break"));
        Assert.Equal(3, _received.Count);
    }

    [Theory]
    [InlineData("POST", "break")]
    [InlineData("PUT", "break")]
    public async Task Send_UnsafeMethodAndConnectionBreaks_IsNotRetried(string method, string path)
    {
        await using var caller = CreateCaller(_first.Urls.Single());
        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(caller, method, path));
        Assert.Single(_received);
    }

    [Theory]
    [InlineData("GET", "fail")]
    [InlineData("POST", "fail")]
    public async Task Send_Response503_IsNotRetried(string method, string path)
    {
        await using var caller = CreateCaller(_first.Urls.Single());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await SendAsync(caller, method, path));
        Assert.Single(_received);
    }

    private static WebApplication CreateCaller(params string[] replicas)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(
            replicas.Select((address, number) => KeyValuePair.Create($"services:api:http:{number}", (string?)address)));
        builder.AddHttpClientDefaults();
        builder.Services.AddHttpClient("api", http => http.BaseAddress = new Uri("http://api"));
        return builder.Build();
    }

    private static HttpClient CreateClient(WebApplication caller) =>
        caller.Services.GetRequiredService<IHttpClientFactory>().CreateClient("api");

    private static async Task<HttpStatusCode> SendAsync(WebApplication caller, string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await CreateClient(caller).SendAsync(request);
        return response.StatusCode;
    }

    private async Task<WebApplication> StartAsync(string name)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Use((context, next) =>
        {
            _received.Enqueue($"{name} {context.Request.Method} {context.Request.Path}");
            return next(context);
        });
        app.Map("/values", () => Results.Text("[]"));
        app.Map("/fail", (HttpResponse response) =>
        {
            response.Headers.RetryAfter = "2";
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        });
        app.Map("/break", (HttpContext context) => context.Abort());
        await app.StartAsync();
        return app;
    }
}
