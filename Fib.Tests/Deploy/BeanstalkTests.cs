namespace Fib.Tests.Deploy;

/// <summary>deploy/beanstalk.sh: how a deployment ends.</summary>
public sealed class BeanstalkTests : DeployTests
{
    [Fact]
    public async Task Deploy_BecomesGreen_UploadsCreatesUpdatesAndTellsEachEventOnce()
    {
        Environment(Before, Updating, Green);
        Aws.Answer("DescribeEvents", AwsReply.Events("first"), AwsReply.Events("second", "first"));

        var (exitCode, output) = await DeployAsync();

        Assert.True(exitCode == 0, output);
        Assert.Equal(["CreateApplicationVersion", "UpdateEnvironment"], Aws.Changes.Where(change => !change.StartsWith("PUT", StringComparison.Ordinal)));
        var upload = Assert.Single(Aws.Changes, change => change.StartsWith("PUT", StringComparison.Ordinal))["PUT /bucket/".Length..];
        Assert.Matches("^docker-multi/fib-2-[0-9a-f]{16}\\.zip$", upload);
        var version = Aws.Calls.Single(call => call.Operation == "CreateApplicationVersion");
        Assert.Equal(("multi-docker", "fib-2", "bucket", upload), (version["ApplicationName"], version["VersionLabel"], version["SourceBundle.S3Bucket"], version["SourceBundle.S3Key"]));
        var update = Aws.Calls.Single(call => call.Operation == "UpdateEnvironment");
        Assert.Equal(("Multidocker-env", "fib-2"), (update["EnvironmentName"], update["VersionLabel"]));
        Assert.Equal(1, Occurrences(output, "first"));
        Assert.True(output.IndexOf("first", StringComparison.Ordinal) < output.IndexOf("second", StringComparison.Ordinal), output);
        Assert.DoesNotContain("secret-key", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_StaysRed_PrintsTheLogsAndRollsBack()
    {
        Environment(Before, Updating, Red, Updating, Before);

        var (exitCode, output) = await DeployAsync();

        Assert.Equal(1, exitCode);
        Assert.Equal(["fib-2", "fib-1"], UpdatedTo);
        Assert.Contains("| eb-engine.log: the last line", output, StringComparison.Ordinal);
        Assert.EndsWith("beanstalk.sh: deployment failed and was rolled back: Multidocker-env runs fib-1, status Ready, health Green.\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_BeanstalkGoesBackByItself_FailsWithoutAnotherUpdate()
    {
        Environment(Before, Updating, Before);

        var (exitCode, output) = await DeployAsync();

        Assert.Equal(1, exitCode);
        Assert.Equal(["fib-2"], UpdatedTo);
        Assert.EndsWith("deployment failed: Multidocker-env runs fib-1, status Ready, health Green, as before.\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_SomebodyElseDeploysMeanwhile_LeavesTheirsAlone()
    {
        Environment(Before, Updating, AwsReply.Environment("Ready", "Green", "theirs"));

        var (exitCode, output) = await DeployAsync();

        Assert.Equal((1, "fib-2"), (exitCode, Assert.Single(UpdatedTo)));
        Assert.Contains("somebody else deployed meanwhile: Multidocker-env runs theirs", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_TakesTooLong_IsAbortedAndEndsWhereItBegan()
    {
        Environment(Before, Updating, Updating, Before);
        Script.Settings["DEPLOY_TIMEOUT"] = "0";
        Script.Settings["POLL_INTERVAL"] = "1";

        var (exitCode, output) = await DeployAsync();

        Assert.Equal(1, exitCode);
        Assert.Equal(1, Aws.Count("AbortEnvironmentUpdate"));
        Assert.Contains("has not become Green within 0 s: Multidocker-env runs fib-1, status Updating, health Grey", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_FirstVersionEver_SaysThatThereIsNoWayBack()
    {
        Environment(AwsReply.Of("DescribeEnvironments", "<Environments><member><Status>Ready</Status><Health>Grey</Health><CNAME>c</CNAME></member></Environments>"), Updating, Red);

        var (exitCode, output) = await DeployAsync();

        Assert.Equal((1, "fib-2"), (exitCode, Assert.Single(UpdatedTo)));
        Assert.Contains("there is no earlier version to go back to: Multidocker-env runs fib-2, status Ready, health Red", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_AnotherDeploymentUnderWay_WaitsForItsEnd()
    {
        Environment(Updating, Before, Updating, Green);

        var (exitCode, output) = await DeployAsync();

        Assert.True(exitCode == 0, output);
        Assert.Contains("Multidocker-env runs fib-1, status Updating, health Grey; waiting until that is over", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_VersionByLabel_UploadsNothing()
    {
        Environment(Green, Updating, Before);
        Aws.Answer("DescribeApplicationVersions", AwsReply.Version("bucket", "any.zip"));
        Script.Settings.Remove("EB_BUCKET");

        var (exitCode, output) = await RunAsync("beanstalk.sh", "--version", "fib-1");

        Assert.True(exitCode == 0, output);
        Assert.Equal(["UpdateEnvironment"], Aws.Changes);
    }

    private static int Occurrences(string text, string part) => text.Split(part).Length - 1;
}
