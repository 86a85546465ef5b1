using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace StandIns.Tests.Hosting;

/// <summary>What a started application looks like from a test and from its services.</summary>
public sealed class SampleApplicationTests(SampleFixture fixture) : IClassFixture<SampleFixture>
{
    private SampleApplication Application => fixture.Application;

    [Fact]
    public async Task A_project_gets_exactly_the_variables_Aspire_injects()
    {
        var connection = await Application.Running.GetConnectionStringAsync("values");
        var redis = await Application.Running.GetConnectionStringAsync("redis");
        var server = Application.Running.GetEndpoint("postgres");
        var store = Application.Running.GetEndpoint("redis");
        var password = connection!.Split("Password=")[1].Split(';')[0];
        var secret = redis!.Split("password=")[1];

        var variables = await InjectedAsync("api");

        var id = variables["OTEL_RESOURCE_ATTRIBUTES"];
        Assert.Matches("^service\\.instance\\.id=[a-z]{8}$", id);
        var expected = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = Application.Running.GetEndpoint("api").ToString().TrimEnd('/'),
            ["ConnectionStrings__redis"] = redis,
            ["ConnectionStrings__values"] = connection,
            ["DOTNET_LAUNCH_PROFILE"] = "http",
            ["DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION"] = "true",
            ["LOGGING__CONSOLE__FORMATTERNAME"] = "simple",
            ["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"] = "in_memory",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://localhost:4999",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_RESOURCE_ATTRIBUTES"] = id,
            ["OTEL_SERVICE_NAME"] = "api",
            ["REDIS_HOST"] = "localhost",
            ["REDIS_PASSWORD"] = secret,
            ["REDIS_PORT"] = $"{store.Port}",
            ["REDIS_URI"] = $"redis://:{secret}@localhost:{store.Port}",
            ["SAMPLE_FROM_PROFILE"] = "yes",
            ["VALUES_DATABASENAME"] = "values",
            ["VALUES_HOST"] = "localhost",
            ["VALUES_JDBCCONNECTIONSTRING"] = $"jdbc:postgresql://localhost:{server.Port}/values",
            ["VALUES_PASSWORD"] = password,
            ["VALUES_PORT"] = $"{server.Port}",
            ["VALUES_URI"] = $"postgresql://postgres:{Uri.EscapeDataString(password)}@localhost:{server.Port}/values",
            ["VALUES_USERNAME"] = "postgres",
        };
        Assert.Equal(expected.OrderBy(v => v.Key), variables.OrderBy(v => v.Key));
        Assert.Equal($"Host=localhost;Port={server.Port};Username=postgres;Password={password};Database=values", connection);
        Assert.Equal($"localhost:{store.Port},password={secret}", redis);
    }

    [Fact]
    public async Task A_reference_to_a_project_gives_its_endpoints_both_ways()
    {
        var api = Application.Running.GetEndpoint("api").ToString().TrimEnd('/');

        var variables = await InjectedAsync("gateway");

        Assert.Equal(api, variables["API_HTTP"]);
        Assert.Equal(api, variables["services__api__http__0"]);
    }

    [Fact]
    public void A_test_gets_random_ports_even_where_the_model_gives_one()
    {
        Assert.NotEqual(3391, Application.Running.GetEndpoint("gateway").Port);
        Assert.NotEqual(5391, Application.Running.GetEndpoint("api").Port);
    }

    [Fact]
    public void Resources_start_in_the_order_of_their_waits()
    {
        var starts = ((string[])["postgres", "values", "redis", "api", "gateway"]).ToDictionary(name => name, Started);

        Assert.True(starts["postgres"] <= starts["values"]);
        Assert.True(starts["values"] < starts["api"]);
        Assert.True(starts["redis"] < starts["api"]);
        Assert.True(starts["api"] < starts["gateway"]);
    }

    [Fact]
    public async Task Requests_go_round_the_instances_of_a_project()
    {
        var processes = new HashSet<int>();
        for (var i = 0; i < 8; i++)
        {
            using var client = Application.Running.CreateHttpClient("worker");
            client.DefaultRequestHeaders.ConnectionClose = true;
            processes.Add((await client.GetFromJsonAsync<JsonElement>("/process")).GetProperty("processId").GetInt32());
        }

        Assert.Equal(2, processes.Count);
    }

    [Fact]
    public async Task A_process_runs_in_its_project_folder()
    {
        using var client = Application.Running.CreateHttpClient("api");

        var process = await client.GetFromJsonAsync<JsonElement>("/process");

        Assert.EndsWith("Sample.Web", process.GetProperty("folder").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_resource_writes_can_be_watched()
    {
        var logs = Application.Running.Services.GetRequiredService<ResourceLoggerService>();
        var api = Application.Running.Services.GetRequiredService<DistributedApplicationModel>().Resources.Single(r => r.Name == "api");

        await foreach (var batch in logs.WatchAsync(api).WithCancellation(Deadline.Token))
            if (batch.Any(line => line.Content.Contains("Now listening on", StringComparison.Ordinal)))
                return;
        Assert.Fail("The log ended without the line.");
    }

    private DateTime Started(string resource) =>
        Application.States.TryGetCurrentState(resource, out var state) ? state.Snapshot.StartTimeStamp!.Value : throw new InvalidOperationException(resource);

    // What a process has beyond what it inherits from this one.
    private async Task<Dictionary<string, string>> InjectedAsync(string resource)
    {
        using var client = Application.Running.CreateHttpClient(resource);
        var all = await client.GetFromJsonAsync<Dictionary<string, string>>("/environment");
        return all!.Where(v => Environment.GetEnvironmentVariable(v.Key) != v.Value).ToDictionary(v => v.Key, v => v.Value);
    }
}
