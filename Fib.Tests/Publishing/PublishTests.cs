using Fib.Tests.Support;

namespace Fib.Tests.Publishing;

public sealed class PublishTests
{
    private const string Tag = "Tag=1.0.0";
    private const string Registry = "Registry=123456789012.dkr.ecr.us-east-1.amazonaws.com/fib";

    [Fact]
    public async Task Publish_Defaults_WritesTheGoldenFiles()
    {
        using var bundle = await PublishedBundle.PublishAsync(Tag, Registry);
        Golden.Verify(bundle.Directory, "default", bundle.Files);
    }

    [Fact]
    public async Task Publish_Gateway_ReplacesNginx()
    {
        using var bundle = await PublishedBundle.PublishAsync(Tag, Registry, "Gateway=yarp");
        Assert.False(bundle.Exists("nginx/default.conf"));
        Golden.Verify(bundle.Directory, "gateway", ["docker-compose.yml", "ecs-managed/Dockerrun.aws.json"]);
    }

    [Fact]
    public async Task Publish_Arm64_IsInOptionSettingsTaskDefinitionsAndImageList()
    {
        using var bundle = await PublishedBundle.PublishAsync(Tag, Registry, "Architecture=arm64");
        Golden.Verify(bundle.Directory, "arm64", [
            ".ebextensions/environment.config", "ecs-managed/.ebextensions/environment.config", "ecs/ec2/server.json",
            "ecs/fargate/server.json", "images.json"]);
    }

    [Fact]
    public async Task Publish_Stores_AddsThemAsContainers()
    {
        using var bundle = await PublishedBundle.PublishAsync(Tag, Registry, "Stores=containers");
        Golden.Verify(
            bundle.Directory, "stores",
            ["ENVIRONMENT.md", "docker-compose.yml", "ecs/ec2/postgres.json", "ecs/ec2/redis.json", "ecs/ec2/server.json"]);
    }

    [Fact]
    public async Task Publish_RegistryLogin_AddsTheHooksToBothTrees()
    {
        using var bundle = await PublishedBundle.PublishAsync(
            Tag, "Registry=registry.example.com/fib", "RegistryLogin=true", "DockerConfig=bucket/key", "RegistrySecret=fib-registry",
            "Region=us-east-1");
        Golden.Verify(
            bundle.Directory, "login",
            [
                ".platform/confighooks/prebuild/10_registry_login.sh", ".platform/hooks/prebuild/10_registry_login.sh", "ENVIRONMENT.md",
                "ecs-managed/Dockerrun.aws.json", "ecs/fargate/worker.json"]);
    }

    [Fact]
    public async Task Publish_Twice_WritesTheSameBytes()
    {
        using var first = await PublishedBundle.PublishAsync(Tag, Registry);
        using var second = await PublishedBundle.PublishAsync(Tag, Registry);
        var files = Golden.Files(first.Directory).ToList();
        Assert.Contains("fib-1.0.0.zip", files);
        Assert.Equal(files, Golden.Files(second.Directory));
        foreach (var file in files)
            Assert.Equal(File.ReadAllBytes(Path.Combine(first.Directory, file)), File.ReadAllBytes(Path.Combine(second.Directory, file)));
    }

    [Fact]
    public async Task Publish_MemoryAndDigestOfOneService_ChangeOnlyThatService()
    {
        var digest = $"sha256:{new string('a', 64)}";
        using var bundle = await PublishedBundle.PublishAsync(
            Tag, Registry, "Services:worker:Memory=256m", $"Services:worker:Digest={digest}");
        var compose = bundle.Read("docker-compose.yml");
        Assert.Contains($"multi-worker@{digest}\n    hostname: worker\n    mem_limit: 256m\n", compose, StringComparison.Ordinal);
        Assert.Contains("multi-server:1.0.0\n    hostname: api\n    mem_limit: 128m\n", compose, StringComparison.Ordinal);
        Assert.Contains("DOTNET_GCHeapHardLimit: \"8000000\"", compose, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_TaskParameters_AreReadFromSystemsManager()
    {
        using var bundle = await PublishedBundle.PublishAsync(
            Tag, Registry, "Application=playground-fib", "TaskParameters=REDIS_PASSWORD,REDIS_TLS");
        var server = global::System.Text.Json.Nodes.JsonNode.Parse(bundle.Read("ecs/ec2/server.json"))!["containerDefinitions"]![0]!;
        var secrets = server["secrets"]!.AsArray().Select(secret => secret!["valueFrom"]!.GetValue<string>());
        Assert.Superset(
            new HashSet<string> { "/playground-fib/PGPASSWORD", "/playground-fib/REDIS_PASSWORD", "/playground-fib/REDIS_TLS" },
            secrets.ToHashSet());
        Assert.DoesNotContain(
            server["environment"]!.AsArray(), variable => variable!["name"]!.GetValue<string>() is "REDIS_PASSWORD" or "REDIS_TLS");
    }

    [Theory]
    [InlineData("Tag=latest")]
    [InlineData("Services:worker:Memory=much")]
    [InlineData("Services:unknown:Memory=128m")]
    [InlineData("RegistryLogin=perhaps")]
    [InlineData("Registery=registry.example.com")]
    [InlineData("Architecture=sparc")]
    [InlineData("Services:worker:Memry=128m")]
    [InlineData("TaskParameters=NOTHING")]
    public async Task Publish_InvalidSetting_WritesNothing(string setting)
    {
        using var bundle = await PublishedBundle.PublishAsync(Tag, setting);
        Assert.False(Directory.Exists(bundle.Directory));
    }

    [Fact]
    public async Task Publish_ZipOfTheBundle_HasNoEnvironmentFile()
    {
        using var bundle = await PublishedBundle.PublishAsync(Tag);
        using var zip = global::System.IO.Compression.ZipFile.OpenRead(Path.Combine(bundle.Directory, "fib-1.0.0.zip"));
        Assert.Equal(
            [
                ".ebextensions/environment.config", ".platform/confighooks/predeploy/10_directories.sh",
                ".platform/hooks/predeploy/10_directories.sh", "ENVIRONMENT.md", "docker-compose.yml"],
            zip.Entries.Select(entry => entry.FullName));
    }
}
