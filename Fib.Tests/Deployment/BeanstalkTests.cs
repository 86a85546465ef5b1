namespace Fib.Tests.Deployment;

/// <summary>deploy/beanstalk.sh passes its settings to the app model's pipeline step; DeploymentTests tests the step itself.</summary>
public sealed class BeanstalkTests : DeployScriptTests
{
    [Fact]
    public async Task Deploy_BecomesGreen_UploadsCreatesAndUpdates()
    {
        DescribeEnvironments(Before, Updating, Green);

        var (exitCode, output) = await DeployAsync();

        Assert.True(exitCode == 0, output);
        Assert.Equal(
            ["CreateApplicationVersion", "UpdateEnvironment"],
            Aws.Changes.Where(change => !change.StartsWith("PUT", StringComparison.Ordinal)));
        var upload = Assert.Single(Aws.Changes, change => change.StartsWith("PUT", StringComparison.Ordinal))["PUT /bucket/".Length..];
        Assert.Matches("^docker-multi/fib-2-[0-9a-f]{16}\\.zip$", upload);
        var version = Aws.Calls.Single(call => call.Operation == "CreateApplicationVersion");
        Assert.Equal(
            ("multi-docker", "fib-2", "bucket", upload),
            (version["ApplicationName"], version["VersionLabel"], version["SourceBundle.S3Bucket"], version["SourceBundle.S3Key"]));
        var update = Aws.Calls.Single(call => call.Operation == "UpdateEnvironment");
        Assert.Equal(("Multidocker-env", "fib-2"), (update["EnvironmentName"], update["VersionLabel"]));
        Assert.DoesNotContain("secret-key", output, StringComparison.Ordinal);
    }

    /// <summary>settings.yml of the pipeline has an empty SMOKE_URL.</summary>
    [Fact]
    public async Task Deploy_EmptySmokeUrl_TestsTheEnvironmentsAddress()
    {
        AwsReply Reply(string version) => AwsReply.Environment("Ready", "Green", version, cname: new Uri(Aws.Address).Authority);
        DescribeEnvironments(Reply("fib-1"), Reply("fib-2"), Reply("fib-2"), Reply("fib-1"));
        (Script.Settings["SMOKE_URL"], Script.Settings["SMOKE_TIMEOUT"]) = ("", "0");

        var (exitCode, output) = await DeployAsync();

        Assert.Equal(1, exitCode);
        Assert.Contains($"the smoke test of {Aws.Address} failed", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_SmokeTestFails_RollsBackAndFails()
    {
        DescribeEnvironments(Before, Green, Green, Before);
        Script.Settings["SMOKE_URL"] = Aws.Address;
        Script.Settings["SMOKE_TIMEOUT"] = "0";

        var (exitCode, output) = await DeployAsync();

        Assert.Equal((1, "fib-2 fib-1"), (exitCode, string.Join(' ', UpdatedVersions)));
        Assert.Contains("smoke.sh: ", output, StringComparison.Ordinal);
        Assert.Contains(
            $"deployment failed and was rolled back (Multidocker-env does not work: the smoke test of {Aws.Address} failed)",
            output, StringComparison.Ordinal);
    }
}
