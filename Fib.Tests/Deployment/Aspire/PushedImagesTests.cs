using Fib.LocalSystem.Processes;

namespace Fib.Tests.Deployment.Aspire;

/// <summary>A deployment references images by the digests that their registry has.</summary>
public sealed class PushedImagesTests : IAsyncLifetime
{
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
}
