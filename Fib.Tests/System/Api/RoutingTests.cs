using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;

namespace Fib.Tests.System.Api;

/// <summary>The routes of the gateway and its own responses.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class RoutingTests(SystemFixture system)
{
    [Theory]
    [InlineData("/api/nothing")]
    [InlineData("/api/values/all/more")]
    [InlineData("/api/api/values/all")]
    [InlineData("/api/values/current/../nothing")]
    [InlineData("/api//values//all")]
    [InlineData("/api/nothing", "text/plain")]
    [InlineData("/api/nothing", "image/png")]
    public async Task Get_UnknownPathOfTheApi_IsAProblem(string path, string accept = "*/*")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept", accept } } };
        using var response = await system.Gateway.SendAsync(request);
        await Problem.AssertAsync(HttpStatusCode.NotFound, response);
    }

    [Theory]
    [InlineData("DELETE", "/api/values/all")]
    [InlineData("POST", "/api/values/all")]
    [InlineData("PUT", "/api/values")]
    [InlineData("PATCH", "/api/values/7")]
    [InlineData("DELETE", "/api/values")]
    [InlineData("POST", "/api/values/current")]
    [InlineData("POST", "/api/")]
    [InlineData("POST", "/api/values/events")]
    [InlineData("POST", "/api/values/7")]
    [InlineData("NONSENSE", "/api/values")]
    public async Task Send_UnsupportedMethod_Is405WithAllow(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await system.Gateway.SendAsync(request);
        await Problem.AssertAsync(HttpStatusCode.MethodNotAllowed, response);
        Assert.Contains("GET", response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("/apifoo")]
    [InlineData("/apifoo/values/all")]
    [InlineData("/api.")]
    [InlineData("/values/all")]
    public async Task Get_PathSimilarToTheApi_IsA404Page(string path)
    {
        using var response = await system.Gateway.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Problem.AssertNoLeak(await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/api/health")]
    [InlineData("/api/alive")]
    [InlineData("/api/health/")]
    [InlineData("/api/Health")]
    [InlineData("/api/health?x=1")]
    public async Task Get_HealthOfAService_Is404(string path)
    {
        using var response = await system.Gateway.GetAsync(path);
        await Problem.AssertAsync(HttpStatusCode.NotFound, response);
    }

    [Fact]
    public async Task Get_Health_ReportsApiAndWorkers()
    {
        var health = await Eventually.FindAsync<object>("a worker's heartbeat", async cancellationToken =>
        {
            var health = await system.Gateway.GetFromJsonAsync<JsonElement>("/health", cancellationToken);
            return health.GetProperty("status").GetString() == "Healthy" ? health : null;
        });
        var results = ((JsonElement)health).GetProperty("results");
        Assert.Equal("Healthy", results.GetProperty("api").GetProperty("status").GetString());
        Assert.Equal("Healthy", results.GetProperty("workers").GetProperty("status").GetString());
        Assert.Contains("alive", results.GetProperty("workers").GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Alive_IsHealthy() =>
        Assert.Equal("Healthy", await system.Gateway.GetStringAsync("/alive"));

    [Fact]
    public async Task Get_HealthOfTheApi_ListsEachStore()
    {
        using var api = system.System.CreateClient("api");
        var results = (await api.GetFromJsonAsync<JsonElement>("/health")).GetProperty("results");
        foreach (var name in (string[])["postgres", "redis", "workers"])
            Assert.Equal("Healthy", results.GetProperty(name).GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("/api/")]
    [InlineData("/api/values")]
    [InlineData("/api/values/all")]
    [InlineData("/api/values/current")]
    [InlineData("/api/values/7")]
    [InlineData("/api/values/events")]
    [InlineData("/api/openapi/v1.json")]
    [InlineData("/alive")]
    [InlineData("/health")]
    [InlineData("/")]
    [InlineData("/otherpage")]
    [InlineData("/terms/7")]
    public async Task Head_AnyPathOfGet_HasItsHeadersAndNoBody(string path)
    {
        await system.Gateway.ComputeAsync(7);
        using var get = await system.Gateway.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        using var head = await system.Gateway.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Equal(get.Headers.ETag, head.Headers.ETag);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("/api/values/all", "/api/values/all/")]
    [InlineData("/api/values/all", "/api/values/all?x=1")]
    [InlineData("/api/values/current", "/api/values/current/")]
    [InlineData("/api/values/current", "/api/values/current/?x=1")]
    [InlineData("/api/values/7", "/api/values/7/")]
    [InlineData("/api/values/7", "/api/values/7?x=1")]
    [InlineData("/api/values?limit=1", "/api/values/?limit=1")]
    [InlineData("/api/openapi/v1.json", "/api/openapi/v1.json?x=1")]
    public async Task Get_WithATrailingSlashOrAQuery_IsEqual(string path, string other)
    {
        await system.Gateway.ComputeAsync(7);
        Assert.Equal(await system.Gateway.GetStringAsync(path), await system.Gateway.GetStringAsync(other));
    }

    [Fact]
    public async Task Get_OpenApiDocument_DescribesEveryRoute()
    {
        var document = await system.Gateway.GetFromJsonAsync<JsonElement>("/api/openapi/v1.json");
        var paths = document.GetProperty("paths").EnumerateObject().Select(path => path.Name.TrimEnd('/')).ToHashSet();
        HashSet<string> expected =
        [
            "/values", "/values/all", "/values/current", "/values/{index}",
            "/values/events", "/values/batch", "/values/requeue", "/system",
        ];
        Assert.Subset(paths, expected);
        Assert.Equal("/api", document.GetProperty("servers")[0].GetProperty("url").GetString());
    }
}
