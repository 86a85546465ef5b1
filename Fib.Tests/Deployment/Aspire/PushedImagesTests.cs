using Fib.Hosting.ElasticBeanstalk;
using Fib.Hosting.ElasticBeanstalk.Deploying;
using Fib.Hosting.ElasticBeanstalk.Model;
using Fib.LocalSystem.Processes;

namespace Fib.Tests.Deployment.Aspire;

/// <summary>A deployment references images by the digests that their registry has.</summary>
public sealed class PushedImagesTests : IAsyncLifetime
{
    private const string Ecr = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";

    private static readonly AwsReply Before = AwsReply.Environment("Ready", "Green", "1");
    private static readonly AwsReply Green = AwsReply.Environment("Ready", "Green", "2");

    private DeployedSample _sample = null!;

    public async ValueTask InitializeAsync() => _sample = await DeployedSample.CreateAsync();

    public ValueTask DisposeAsync() => _sample.DisposeAsync();

    [Fact]
    public async Task Deploy_OtherRegistryThanEcr_ReferencesTheDigestThatTheRegistryHas()
    {
        Assert.SkipUnless(Command.Exists("aws"), "aws (package awscli) is not installed");
        _sample.Aws.Answer("DescribeEnvironments", Before, Green);
        var (exitCode, output) = await _sample.DeployAsync("--eb:Registry", "registry.example.com/shop");
        Assert.True(exitCode == 0, output);
        Assert.Contains(
            $"image: registry.example.com/shop/apiservice@sha256:{new string('b', 64)}", _sample.Host.Read("docker-compose.yml"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_ImageThatTheRegistryDoesNotHave_ChangesNothing()
    {
        _sample.RefusedPulls = "apiservice";
        var (exitCode, output) = await _sample.DeployAsync("--eb:Registry", "registry.example.com/shop");
        Assert.Equal(1, exitCode);
        Assert.Contains(
            "registry.example.com/shop/apiservice:2 is not in the registry (manifest unknown): push it. app-eb was not changed.", output,
            StringComparison.Ordinal);
        Assert.Empty(_sample.Aws.Calls);
    }

    [Fact]
    public async Task Pin_NginxImageThatTheUserHasNotPushed_SaysHow()
    {
        Assert.SkipUnless(Command.Exists("aws"), "aws (package awscli) is not installed");
        _sample.Aws.Answer("DescribeImages", AwsReply.RefusedJson("ImageNotFoundException", "no such image"));
        var environment = new ElasticBeanstalkEnvironmentResource("eb") { Registry = Ecr };
        var image = new ImageReference($"{Ecr}/nginx", "2");
        var bundle = new Bundle("app", "2", [new("nginx", "nginx", image) { Hostname = "nginx", BuiltImage = image }])
        {
            Router = new NginxRouter("nginx", [], new NginxOptions(), new Dictionary<string, Upstream>(), ""),
        };
        // ECR needs no container runtime.
        var images = new PushedImages(environment, new AwsCli("eu-west-1", AwsVariables.Of(_sample.Aws)), null!);
        var failure = await Assert.ThrowsAsync<DeploymentException>(() => images.PinAsync(bundle, CancellationToken.None));
        Assert.Equal(
            $"{Ecr}/nginx:2 is not in the registry: build it from the folder nginx of the output, and push it. app-eb was not changed.",
            failure.Message);
    }
}
