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

namespace Fib.Tests.System.AppHost;

/// <summary>An additional api and worker on the stores of the system, with the variables of a deployment.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class DeploymentVariablesTests(SystemFixture system) : IDisposable
{
    private readonly TemporaryFolder _logs = new("fib-tests-");

    public void Dispose() => _logs.Dispose();

    [Fact]
    public async Task Start_SeparateVariables_ConnectsToTheStores()
    {
        await using var service = await StartAsync("Fib.Api", [.. await GetRedisAsync(), .. await GetPostgresAsync()]);
        using var api = service.CreateClient();
        await AssertServesAsync(api);
    }

    [Fact]
    public async Task Start_ConnectionStrings_TakePrecedence()
    {
        await using var service = await StartAsync(
            "Fib.Api",
            new("ConnectionStrings__redis", await system.System.GetConnectionStringAsync(ResourceNames.Redis)),
            new("ConnectionStrings__fibvalues", await system.System.GetConnectionStringAsync(ResourceNames.Database)),
            new("REDIS_PORT", "nonsense"), new("REDIS_TLS", "nonsense"),
            new("PGPORT", "nonsense"), new("PGHOST", "nowhere.invalid"));
        using var api = service.CreateClient();
        await AssertServesAsync(api);
    }

    [Fact]
    public async Task Start_EmptyVariables_CountAsUnset()
    {
        await using var service = await StartAsync(
            "Fib.Api",
            [
                new("ConnectionStrings__redis", ""), new("ConnectionStrings__fibvalues", ""),
                new("PGSSLMODE", ""), new("PGSSLROOTCERT", ""), new("MAXIMUM_INDEX", ""),
                .. await GetRedisAsync(), .. await GetPostgresAsync(),
            ]);
        using var api = service.CreateClient();
        await AssertServesAsync(api);
    }

    [Fact]
    public async Task Start_WorkerWithSeparateVariables_JoinsTheGroup()
    {
        await using var service = await StartAsync("Fib.Worker", await GetRedisAsync());
        using var worker = service.CreateClient();
        using var api = system.System.CreateClient(ResourceNames.Api);
        await Eventually.HoldsAsync("two workers are alive", async token =>
        {
            var health = await api.GetFromJsonAsync<JsonElement>("/health", token);
            return health.GetProperty("results").GetProperty("workers").GetProperty("description").GetString() == "2 alive";
        });
        Assert.Equal("Healthy", await worker.GetStringAsync("/alive"));
        await Eventually.HoldsAsync("the worker is ready", async token =>
            (await worker.GetFromJsonAsync<JsonElement>("/health", token)).GetProperty("status").GetString() == "Healthy");
    }

    [Fact]
    public async Task Start_StoresUnreachable_IsAliveButNotReady()
    {
        await using var service = await StartAsync(
            "Fib.Api",
            new("REDIS_HOST", "127.0.0.1"), new("REDIS_PORT", "1"),
            new("PGHOST", "127.0.0.1"), new("PGPORT", "1"), new("PGUSER", "u"), new("PGPASSWORD", "p"));
        using var api = service.CreateClient();
        Assert.Equal("Healthy", await api.GetStringAsync("/alive"));
        using (var response = await api.GetAsync("/health"))
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        using var all = await api.GetAsync("/values/all");
        await Problem.AssertUnavailableAsync(all);
    }

    [Fact]
    public async Task Start_StoresNeverRespond_RequestsAre503()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        await using var service = await StartAsync(
            "Fib.Api",
            new("REDIS_HOST", "127.0.0.1"), new("REDIS_PORT", port),
            new("PGHOST", "127.0.0.1"), new("PGPORT", port), new("PGUSER", "u"), new("PGPASSWORD", "p"));
        using var api = service.CreateClient();
        api.Timeout = TimeSpan.FromSeconds(30);
        using (var response = await api.PostAsJsonAsync("/values", new { index = 7 }))
            await Problem.AssertUnavailableAsync(response);
        using (var response = await api.GetAsync("/values/current"))
            await Problem.AssertUnavailableAsync(response);
        Assert.Equal("Healthy", await api.GetStringAsync("/alive"));
    }

    /// <summary>Submits to this api and reads the term through the gateway.</summary>
    private async Task AssertServesAsync(HttpClient api)
    {
        var index = system.NextIndex();
        await Eventually.HoldsAsync("the api is ready", async token =>
        {
            using var response = await api.GetAsync("/health", token);
            return response.IsSuccessStatusCode;
        });
        await api.SubmitAsync(index, "/values");
        Assert.Equal(Fibonacci.Term(index), await system.Gateway.UntilComputedAsync(index));
    }

    /// <summary>Starts a service and waits until it is alive; the tests check its readiness.</summary>
    private Task<LocalService> StartAsync(string project, params IEnumerable<KeyValuePair<string, string>> variables) =>
        LocalService.StartAsync(project, _logs.Path, variables, "alive");

    private async Task<KeyValuePair<string, string>[]> GetRedisAsync()
    {
        var options = ConfigurationOptions.Parse(await system.System.GetConnectionStringAsync(ResourceNames.Redis));
        var server = options.EndPoints.Single().ToString()!;
        server = server[(server.IndexOf('/', StringComparison.Ordinal) + 1)..];
        var port = server.LastIndexOf(':');
        return
        [
            new("REDIS_HOST", server[..port]), new("REDIS_PORT", server[(port + 1)..]),
            new("REDIS_PASSWORD", options.Password ?? ""), new("REDIS_TLS", options.Ssl ? "true" : ""),
        ];
    }

    private async Task<KeyValuePair<string, string>[]> GetPostgresAsync()
    {
        var settings = new NpgsqlConnectionStringBuilder(await system.System.GetConnectionStringAsync(ResourceNames.Database));
        return
        [
            new("PGHOST", settings.Host!), new("PGPORT", settings.Port.ToString(CultureInfo.InvariantCulture)),
            new("PGUSER", settings.Username!), new("PGPASSWORD", settings.Password!), new("PGDATABASE", settings.Database!),
        ];
    }
}
