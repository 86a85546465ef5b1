using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Fib.AppHost;
using Fib.LocalSystem.Processes;
using Fib.LocalSystem.Services;
using Fib.Tests.Support;
using Npgsql;
using StackExchange.Redis;

namespace Fib.Tests.EndToEnd;

/// <summary>An api and a worker beside those of the system, on the same stores, with a deployment's variables.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class DeployedTests(SystemFixture system) : IDisposable
{
    private readonly TemporaryFolder _logs = new("fib-tests-");

    public void Dispose() => _logs.Dispose();

    [Fact]
    public async Task Start_WithTheSeparateVariables_FindsTheStores()
    {
        await using var service = await StartAsync("Fib.Api", [.. await GetRedisAsync(), .. await GetPostgresAsync()]);
        using var api = service.CreateClient();
        await AssertServesAsync(api);
    }

    [Fact]
    public async Task Start_WithConnectionStrings_TheyWin()
    {
        await using var service = await StartAsync(
            "Fib.Api",
            new("ConnectionStrings__redis", await system.System.GetConnectionStringAsync(ResourceNames.Redis)),
            new("ConnectionStrings__fibvalues", await system.System.GetConnectionStringAsync(ResourceNames.Database)),
            new("REDIS_PORT", "nonsense"), new("REDIS_TLS", "nonsense"), new("PGPORT", "nonsense"), new("PGHOST", "nowhere.invalid"));
        using var api = service.CreateClient();
        await AssertServesAsync(api);
    }

    [Fact]
    public async Task Start_WithEmptyVariables_TheyCountAsUnset()
    {
        await using var service = await StartAsync(
            "Fib.Api",
            [
                new("ConnectionStrings__redis", ""), new("ConnectionStrings__fibvalues", ""), new("PGSSLMODE", ""), new("PGSSLROOTCERT", ""), new("MAXIMUM_INDEX", ""),
                .. await GetRedisAsync(), .. await GetPostgresAsync(),
            ]);
        using var api = service.CreateClient();
        await AssertServesAsync(api);
    }

    [Fact]
    public async Task Start_AWorkerWithTheSeparateVariables_JoinsTheOthers()
    {
        await using var service = await StartAsync("Fib.Worker", await GetRedisAsync());
        using var worker = service.CreateClient();
        using var api = system.System.CreateClient(ResourceNames.Api);
        await Eventually.HoldsAsync("two workers are alive", async token =>
            (await api.GetFromJsonAsync<JsonElement>("/health", token)).GetProperty("results").GetProperty("workers").GetProperty("description").GetString() == "2 alive");
        Assert.Equal("Healthy", await worker.GetStringAsync("/alive"));
        Assert.Equal("Healthy", (await worker.GetFromJsonAsync<JsonElement>("/health")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Start_WithStoresThatAreNotThere_IsAliveButNotReady()
    {
        await using var service = await StartAsync(
            "Fib.Api", new("REDIS_HOST", "127.0.0.1"), new("REDIS_PORT", "1"), new("PGHOST", "127.0.0.1"), new("PGPORT", "1"), new("PGUSER", "u"), new("PGPASSWORD", "p"));
        using var api = service.CreateClient();
        Assert.Equal("Healthy", await api.GetStringAsync("/alive"));
        using (var answer = await api.GetAsync("/health"))
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        using var all = await api.GetAsync("/values/all");
        await Problem.AssertAwayAsync(all);
    }

    [Fact]
    public async Task Start_WithStoresThatNeverAnswer_NobodyWaitsForThem()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        await using var service = await StartAsync(
            "Fib.Api", new("REDIS_HOST", "127.0.0.1"), new("REDIS_PORT", port), new("PGHOST", "127.0.0.1"), new("PGPORT", port), new("PGUSER", "u"), new("PGPASSWORD", "p"));
        using var api = service.CreateClient();
        api.Timeout = TimeSpan.FromSeconds(30);
        using (var answer = await api.PostAsJsonAsync("/values", new { index = 7 }))
            await Problem.AssertAwayAsync(answer);
        using (var answer = await api.GetAsync("/values/current"))
            await Problem.AssertAwayAsync(answer);
        Assert.Equal("Healthy", await api.GetStringAsync("/alive"));
    }

    /// <summary>What is submitted here is seen there.</summary>
    private async Task AssertServesAsync(HttpClient api)
    {
        var index = system.NextIndex();
        await Eventually.HoldsAsync("the api is ready", async token =>
        {
            using var answer = await api.GetAsync("/health", token);
            return answer.IsSuccessStatusCode;
        });
        using var answer = await api.PostAsJsonAsync("/values", new { index });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(Fibonacci.Term(index), await system.Gateway.UntilComputedAsync(index));
    }

    /// <summary>Starts a service and waits until it is alive; the tests check whether it is ready.</summary>
    private Task<LocalService> StartAsync(string project, params IEnumerable<KeyValuePair<string, string>> variables) => LocalService.StartAsync(project, _logs.Path, variables, "alive");

    private async Task<KeyValuePair<string, string>[]> GetRedisAsync()
    {
        var options = ConfigurationOptions.Parse(await system.System.GetConnectionStringAsync(ResourceNames.Redis));
        var server = options.EndPoints.Single().ToString()!;
        server = server[(server.IndexOf('/', StringComparison.Ordinal) + 1)..];
        var port = server.LastIndexOf(':');
        return [new("REDIS_HOST", server[..port]), new("REDIS_PORT", server[(port + 1)..]), new("REDIS_PASSWORD", options.Password ?? ""), new("REDIS_TLS", options.Ssl ? "true" : "")];
    }

    private async Task<KeyValuePair<string, string>[]> GetPostgresAsync()
    {
        var settings = new NpgsqlConnectionStringBuilder(await system.System.GetConnectionStringAsync(ResourceNames.Database));
        return
        [
            new("PGHOST", settings.Host!), new("PGPORT", settings.Port.ToString(CultureInfo.InvariantCulture)), new("PGUSER", settings.Username!),
            new("PGPASSWORD", settings.Password!), new("PGDATABASE", settings.Database!),
        ];
    }
}
