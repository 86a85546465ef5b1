using System.IO.Compression;
using Fib.Tests.Support;

namespace Fib.Tests.Publishing;

/// <summary>Publishes applications whose app models configure nothing of Elastic Beanstalk except the environment.</summary>
public sealed class SampleTests
{
    private static readonly string[] Settings = ["--eb:Tag", "1.0", "--eb:Registry", "123456789012.dkr.ecr.eu-west-1.amazonaws.com"];

    [Theory]
    [InlineData("Starter")]
    [InlineData("Shop")]
    public async Task Publish_Sample_WritesTheGoldenFiles(string name)
    {
        using var sample = new SampleHost(name);
        var (exitCode, output) = await sample.RunAsync("publish", Settings);
        Assert.True(exitCode == 0, output);
        Golden.Verify(sample.Directory, name.ToLowerInvariant(), sample.Files);
    }

    [Theory]
    [InlineData("Starter", "CACHE_PASSWORD")]
    [InlineData(
        "Shop", "REDIS_PASSWORD", "POSTGRES_PASSWORD", "EVENTBUS_PASSWORD", "PAYMENT_KEY", "STORENAME", "ConnectionStrings__orders")]
    public async Task Publish_Sample_IsAcceptedByCompose(string name, params string[] properties)
    {
        var compose = await InstalledCompose.GetAsync();
        using var sample = new SampleHost(name);
        await sample.RunAsync("publish", Settings);
        var config = compose.Command("config") with
        {
            Directory = sample.Directory,
            Environment = properties.ToDictionary(property => property, string? (_) => "value"),
        };
        var result = await config.TryRunAsync();
        Assert.True(result.ExitCode == 0, result.Text);
    }

    [Theory]
    [InlineData("Starter")]
    [InlineData("Shop")]
    public async Task Publish_Sample_IsValidByTheComposeSpecification(string name)
    {
        var schema = Schemas.Find("compose-spec.json");
        Assert.SkipWhen(schema is null, Schemas.WhyMissing);
        using var sample = new SampleHost(name);
        await sample.RunAsync("publish", Settings);
        Assert.Empty(JsonSchema.Read(schema).Check(YamlTree.Read(sample.Read("docker-compose.yml"))));
    }

    [Fact]
    public async Task Publish_BindMount_IsInTheZip()
    {
        using var sample = new SampleHost("Shop");
        await sample.RunAsync("publish", Settings);
        using var zip = ZipFile.OpenRead(Path.Combine(sample.Directory, "shop-1.0.zip"));
        Assert.Contains("mounts/prometheus/prometheus/prometheus.yml", zip.Entries.Select(entry => entry.FullName));
    }

    [Fact]
    public async Task Publish_Warnings_HaveARemedy()
    {
        using var sample = new SampleHost("Shop");
        var (_, output) = await sample.RunAsync("publish", Settings);
        Assert.Contains(
            "warning: catalog-api: replicas: an instance runs one container of it, not 2: for more, increase the number of instances",
            output, StringComparison.Ordinal);
        Assert.Contains(
            "warning: mail: image: 'axllent/mailpit:latest' may differ between instances: give it a tag", output, StringComparison.Ordinal);
        Assert.Contains(
            "warning: postgres: databases: its container starts without catalogdb, identitydb", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_InvalidSettings_AreReportedOnceAndTheExitCodeIsNotZero()
    {
        using var sample = new SampleHost("Starter");
        var (exitCode, output) = await sample.RunAsync(
            "publish", "--eb:Tag", "latest", "--eb:Registery", "registry.example.com", "--eb:Services:cache:Memory", "much");
        Assert.Equal(1, exitCode);
        Assert.False(Directory.Exists(sample.Directory));
        foreach (var problem in (string[])["app: tag: 'latest'", "eb: configuration: 'eb:Registery' is not a setting", "cache: memory limit: 'much'"])
            Assert.Equal(2, output.Split($"  {problem}").Length);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }
}
