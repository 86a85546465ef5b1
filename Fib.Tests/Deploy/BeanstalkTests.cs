namespace Fib.Tests.Deploy;

/// <summary>deploy/beanstalk.sh: its settings reach the step of the app model that deploys; DeploymentTests has that step's cases.</summary>
public sealed class BeanstalkTests : DeployTests
{
    [Fact]
    public async Task Deploy_BecomesGreen_UploadsCreatesAndUpdates()
    {
        Environment(Before, Updating, Green);

        var (exitCode, output) = await DeployAsync();

        Assert.True(exitCode == 0, output);
        Assert.Equal(["CreateApplicationVersion", "UpdateEnvironment"], Aws.Changes.Where(change => !change.StartsWith("PUT", StringComparison.Ordinal)));
        var upload = Assert.Single(Aws.Changes, change => change.StartsWith("PUT", StringComparison.Ordinal))["PUT /bucket/".Length..];
        Assert.Matches("^docker-multi/fib-2-[0-9a-f]{16}\\.zip$", upload);
        var version = Aws.Calls.Single(call => call.Operation == "CreateApplicationVersion");
        Assert.Equal(("multi-docker", "fib-2", "bucket", upload), (version["ApplicationName"], version["VersionLabel"], version["SourceBundle.S3Bucket"], version["SourceBundle.S3Key"]));
        var update = Aws.Calls.Single(call => call.Operation == "UpdateEnvironment");
        Assert.Equal(("Multidocker-env", "fib-2"), (update["EnvironmentName"], update["VersionLabel"]));
        Assert.DoesNotContain("secret-key", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_TheSiteDoesNotWork_RollsBackAndFails()
    {
        Environment(Before, Updating, Green, Updating, Before);
        Script.Settings["SMOKE_URL"] = Aws.Address;
        Script.Settings["SMOKE_TIMEOUT"] = "0";

        var (exitCode, output) = await DeployAsync();

        Assert.Equal((1, "fib-2 fib-1"), (exitCode, string.Join(' ', UpdatedTo)));
        Assert.Contains("smoke.sh: ", output, StringComparison.Ordinal);
        Assert.Contains($"deployment failed and was rolled back (Multidocker-env does not work: the smoke test of {Aws.Address} failed)", output, StringComparison.Ordinal);
    }
}
