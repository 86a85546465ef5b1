using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Fib.AppHost;
using Fib.Tests.Support;
using Npgsql;
using StackExchange.Redis;

namespace Fib.Tests.EndToEnd;

/// <summary>An api and a worker beside those of the system, on the same stores, with a deployment's variables.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class DeployedTests(SystemFixture system)
{
    [Fact]
    public async Task Start_WithTheSeparateVariables_FindsTheStores()
    {
        await using var service = ServiceProcess.Start("Fib.Api", [.. await GetRedisAsync(), .. await GetPostgresAsync()]);
        using var api = await service.ListenAsync();
        await AssertServesAsync(api);
    }

    [Fact]
    public async Task Start_WithConnectionStrings_TheyWin()
    {
        await using var service = ServiceProcess.Start(
            "Fib.Api",
            ("ConnectionStrings__redis", await system.System.GetConnectionStringAsync(ResourceNames.Redis)),
            ("ConnectionStrings__fibvalues", await system.System.GetConnectionStringAsync(ResourceNames.Database)),
            ("REDIS_PORT", "nonsense"), ("REDIS_TLS", "nonsense"), ("PGPORT", "nonsense"), ("PGHOST", "nowhere.invalid"));
        using var api = await service.ListenAsync();
        await AssertServesAsync(api);
    }

    [Fact]
    public async Task Start_WithEmptyVariables_TheyCountAsUnset()
    {
        await using var service = ServiceProcess.Start(
            "Fib.Api",
            [
                ("ConnectionStrings__redis", ""), ("ConnectionStrings__fibvalues", ""), ("PGSSLMODE", ""), ("PGSSLROOTCERT", ""), ("MAXIMUM_INDEX", ""),
                .. await GetRedisAsync(), .. await GetPostgresAsync(),
            ]);
        using var api = await service.ListenAsync();
        await AssertServesAsync(api);
    }

    [Fact]
    public async Task Start_AWorkerWithTheSeparateVariables_JoinsTheOthers()
    {
        await using var service = ServiceProcess.Start("Fib.Worker", await GetRedisAsync());
        using var worker = await service.ListenAsync();
        using var api = system.System.CreateClient(ResourceNames.Api);
        await Until.TrueAsync("two workers are alive", async token =>
            (await api.GetFromJsonAsync<JsonElement>("/health", token)).GetProperty("results").GetProperty("workers").GetProperty("description").GetString() == "2 alive");
        Assert.Equal("Healthy", await worker.GetStringAsync("/alive"));
        Assert.Equal("Healthy", (await worker.GetFromJsonAsync<JsonElement>("/health")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Start_WithStoresThatAreNotThere_IsAliveButNotReady()
    {
        await using var service = ServiceProcess.Start(
            "Fib.Api", ("REDIS_HOST", "127.0.0.1"), ("REDIS_PORT", "1"), ("PGHOST", "127.0.0.1"), ("PGPORT", "1"), ("PGUSER", "u"), ("PGPASSWORD", "p"));
        using var api = await service.ListenAsync();
        Assert.Equal("Healthy", await api.GetStringAsync("/alive"));
        using (var answer = await api.GetAsync("/health"))
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        using var all = await api.GetAsync("/values/all");
        await Problem.AssertAwayAsync(all);
    }

    /// <summary>What is submitted here is seen there.</summary>
    private async Task AssertServesAsync(HttpClient api)
    {
        var index = system.NextIndex();
        await Until.TrueAsync("the api is ready", async token =>
        {
            using var answer = await api.GetAsync("/health", token);
            return answer.IsSuccessStatusCode;
        });
        using var answer = await api.PostAsJsonAsync("/values", new { index });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(Fibonacci.Term(index), await system.Gateway.UntilComputedAsync(index));
    }

    private async Task<(string, string)[]> GetRedisAsync()
    {
        var options = ConfigurationOptions.Parse(await system.System.GetConnectionStringAsync(ResourceNames.Redis));
        var server = options.EndPoints.Single().ToString()!;
        server = server[(server.IndexOf('/', StringComparison.Ordinal) + 1)..];
        var port = server.LastIndexOf(':');
        return [("REDIS_HOST", server[..port]), ("REDIS_PORT", server[(port + 1)..]), ("REDIS_PASSWORD", options.Password ?? ""), ("REDIS_TLS", options.Ssl ? "true" : "")];
    }

    private async Task<(string, string)[]> GetPostgresAsync()
    {
        var settings = new NpgsqlConnectionStringBuilder(await system.System.GetConnectionStringAsync(ResourceNames.Database));
        return
        [
            ("PGHOST", settings.Host!), ("PGPORT", settings.Port.ToString(CultureInfo.InvariantCulture)), ("PGUSER", settings.Username!),
            ("PGPASSWORD", settings.Password!), ("PGDATABASE", settings.Database!),
        ];
    }
}
