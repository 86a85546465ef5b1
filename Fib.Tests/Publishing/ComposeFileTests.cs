using System.Text.Json.Nodes;
using Fib.LocalSystem.Processes;
using Fib.Rehearsal.Platform;
using Fib.Tests.Support;

namespace Fib.Tests.Publishing;

public sealed class ComposeFileTests
{
    private static readonly Dictionary<string, string?> Properties = new()
    {
        ["EB_LOG_BASE_DIR"] = "/var/log/eb-docker/containers",
        ["PGHOST"] = "postgres.example.com",
        ["PGUSER"] = "postgres",
        ["PGPASSWORD"] = "geheim",
        ["REDIS_HOST"] = "redis.example.com",
    };

    [Theory]
    [InlineData("")]
    [InlineData("Gateway=yarp")]
    [InlineData("Stores=containers")]
    public async Task ComposeFile_EveryVariant_IsValidByTheComposeSpecification(string variant)
    {
        var schema = Schemas.Find("compose-spec.json");
        Assert.SkipWhen(schema is null, Schemas.WhyMissing);
        using var bundle = await PublishAsync(variant);
        var problems = JsonSchema.Read(schema).Check(YamlTree.Read(bundle.Read("docker-compose.yml")));
        Assert.Empty(problems);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Gateway=yarp")]
    [InlineData("Stores=containers")]
    public async Task ComposeFile_EveryVariant_IsAcceptedByCompose(string variant)
    {
        var compose = await InstalledCompose.GetAsync();
        using var bundle = await PublishAsync(variant);
        var (exitCode, output, error) = await ReadAsync(compose, bundle, Properties);
        Assert.True(exitCode == 0, error);
        Assert.Contains("PGHOST: " + (variant.StartsWith("Stores", StringComparison.Ordinal)
            ? "postgres"
            : "postgres.example.com"), output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ComposeFile_MissingProperty_IsRejectedByName()
    {
        var compose = await InstalledCompose.GetAsync();
        using var bundle = await PublishAsync("");
        var (exitCode, _, error) = await ReadAsync(compose, bundle, Properties.Where(property => property.Key != "REDIS_HOST"));
        Assert.NotEqual(0, exitCode);
        Assert.EndsWith(
            "REDIS_HOST must be the host name of Redis, which is the primary endpoint of ElastiCache without its port", error.TrimEnd(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task ComposeFile_Names_AreThoseOfTheCourse()
    {
        using var bundle = await PublishAsync("");
        var services = YamlTree.Read(bundle.Read("docker-compose.yml"))["services"]!.AsObject();
        Assert.Equal(
            [
                ("client", "client", "multi-client"), ("nginx", "nginx", "multi-nginx"), ("server", "api", "multi-server"),
                ("worker", "worker", "multi-worker")],
            services.Select(
                service => (service.Key, Text(service.Value!["hostname"]), Image(service.Value))).OrderBy(service => service.Key));
        Assert.All(services, service => Assert.Equal("128m", Text(service.Value!["mem_limit"])));
        Assert.Superset(
            new HashSet<string> { "REDIS_HOST", "REDIS_PORT", "PGUSER", "PGHOST", "PGDATABASE", "PGPASSWORD", "PGPORT" },
            Variables(services["server"]));
        Assert.DoesNotContain(Variables(services["worker"]), name => name.StartsWith("PG", StringComparison.Ordinal));
        Assert.Equal("http://api:5000", Text(services["client"]!["environment"]!["services__api__http__0"]));
        Assert.Equal(["nginx"], services.Where(service => service.Value!["ports"] is not null).Select(service => service.Key));
    }

    [Fact]
    public async Task ComposeFile_EveryProject_HasTheTelemetryEndpoint()
    {
        using var bundle = await PublishAsync("Gateway=yarp");
        var services = YamlTree.Read(bundle.Read("docker-compose.yml"))["services"]!.AsObject();
        Assert.All(services, service => Assert.Contains("OTEL_EXPORTER_OTLP_ENDPOINT", Variables(service.Value)));
    }

    private static Task<PublishedBundle> PublishAsync(string variant) =>
        PublishedBundle.PublishAsync(new[] { "Tag=1.0.0", variant }.Where(setting => setting.Length > 0));

    private static Task<CommandResult> ReadAsync(
        ComposeProgram compose, PublishedBundle bundle, IEnumerable<KeyValuePair<string, string?>> properties) =>
        (compose.Command("config") with { Directory = bundle.Directory, Environment = properties.ToDictionary() }).TryRunAsync();

    private static string Text(JsonNode? node) => node!.GetValue<string>();

    private static string Image(JsonNode? service) => Text(service!["image"]).Split('/')[^1].Split(':')[0];

    private static HashSet<string> Variables(JsonNode? service) =>
        [.. service!["environment"]!.AsObject().Select(variable => variable.Key)];
}
