using Fib.LocalSystem.Processes;
using Fib.Tests.Support;

namespace Fib.Tests.Deploy;

/// <summary>deploy/beanstalk.sh: what AWS, the deployed system or the user may do to a deployment.</summary>
public sealed class BeanstalkTroubleTests : DeployTests
{
    [Fact]
    public async Task Deploy_AccessDenied_IsOneLineAndChangesNothing()
    {
        Environment(Before);
        Aws.Answer("CreateApplicationVersion", AwsReply.Refused("AccessDenied", "User: deployer is not authorized to perform: elasticbeanstalk:CreateApplicationVersion"));

        var (exitCode, output) = await DeployAsync();

        Assert.Equal(1, exitCode);
        Assert.Contains("aws elasticbeanstalk create-application-version: ", output, StringComparison.Ordinal);
        Assert.EndsWith("User: deployer is not authorized to perform: elasticbeanstalk:CreateApplicationVersion\nbeanstalk.sh: Multidocker-env was not changed.\n", output, StringComparison.Ordinal);
        Assert.Equal(0, Aws.Count("UpdateEnvironment"));
    }

    [Fact]
    public async Task Deploy_Throttled_AsksAgain()
    {
        var throttled = AwsReply.Refused("Throttling", "Rate exceeded", 400);
        Environment(Before, Updating, throttled, Green);
        Aws.Answer("UpdateEnvironment", throttled, AwsReply.Of("UpdateEnvironment", ""));

        var (exitCode, output) = await DeployAsync();

        Assert.True(exitCode == 0, output);
        Assert.Equal(2, Aws.Count("UpdateEnvironment"));
    }

    [Fact]
    public async Task Deploy_NoAnswerToALook_LooksAgain()
    {
        Script.Settings["AWS_MAX_ATTEMPTS"] = "1";
        Environment(Before, Updating, AwsReply.Refused("ServiceUnavailable", "Try later", 503), Green);

        var (exitCode, output) = await DeployAsync();

        Assert.True(exitCode == 0, output);
        Assert.Contains("aws elasticbeanstalk describe-environments: ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_SameLabelAndBundleTwice_TouchesNothingTheSecondTime()
    {
        var bundle = Script.Bundle();
        Environment(Before, Updating, Green);
        Assert.Equal(0, (await RunAsync("beanstalk.sh", bundle)).ExitCode);
        var changes = Aws.Changes.Count();
        Aws.Answer("DescribeApplicationVersions", AwsReply.Version("bucket", Aws.Calls.Single(call => call.Operation == "CreateApplicationVersion")["SourceBundle.S3Key"]));

        var (exitCode, output) = await RunAsync("beanstalk.sh", bundle);

        Assert.True(exitCode == 0, output);
        Assert.Equal(changes, Aws.Changes.Count());
        Assert.Contains("Multidocker-env runs fib-2 already", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_SameLabelForAnotherBundle_IsRefused()
    {
        Environment(Before);
        Aws.Answer("DescribeApplicationVersions", AwsReply.Version("bucket", "docker-multi/fib-2-0123456789abcdef.zip"));

        var (exitCode, output) = await DeployAsync();

        Assert.Equal((2, "beanstalk.sh: version fib-2 is there already, with another bundle (s3://bucket/docker-multi/fib-2-0123456789abcdef.zip): choose another VERSION_LABEL.\n"), (exitCode, output));
        Assert.Empty(Aws.Changes);
    }

    [Fact]
    public async Task Deploy_NoSuchEnvironment_IsRefused()
    {
        Environment(AwsReply.Of("DescribeEnvironments", "<Environments/>"));

        var (exitCode, output) = await DeployAsync();

        Assert.Equal((2, "beanstalk.sh: there is no environment Multidocker-env of application multi-docker in us-east-1; deploy/infrastructure.yaml makes it.\n"), (exitCode, output));
    }

    [Fact]
    public async Task Deploy_GreenButTheSiteDoesNotWork_RollsBack()
    {
        Environment(Before, Updating, Green, Updating, Before);
        Script.Settings["SMOKE_URL"] = Aws.Address;
        Script.Settings["SMOKE_TIMEOUT"] = "0";

        var (exitCode, output) = await DeployAsync();

        Assert.Equal(1, exitCode);
        Assert.Equal(["fib-2", "fib-1"], UpdatedTo);
        Assert.Contains($"the smoke test of {Aws.Address} failed", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_NoSmokeUrl_AsksTheEnvironmentsOwnAddress()
    {
        Environment(Before, Updating, AwsReply.Environment("Ready", "Green", "fib-2", Aws.Address["http://".Length..]));
        Script.Settings.Remove("SMOKE_URL");
        Script.Settings["SMOKE_TIMEOUT"] = "0";

        var (exitCode, output) = await DeployAsync();

        Assert.Equal(1, exitCode);
        Assert.Contains($"the smoke test of {Aws.Address} failed", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT", "-")]
    [InlineData("TERM", "")]
    public async Task Deploy_InterruptedWhileUpdating_SaysInWhatState(string signal, string group)
    {
        Environment(Before, Updating);

        var (exitCode, output) = await InterruptAsync(signal, group, looks: 2);

        Assert.Equal(130, exitCode);
        Assert.Contains("interrupted while updating Multidocker-env from fib-1 to fib-2; Beanstalk goes on by itself. Now Multidocker-env runs fib-1, status Updating, health Grey.", output, StringComparison.Ordinal);
        Assert.Equal(["fib-2"], UpdatedTo);
    }

    [Fact]
    public async Task Deploy_InterruptedWhileWaitingForAnother_SaysThatNothingWasChanged()
    {
        Environment(Updating);

        var (exitCode, output) = await InterruptAsync("INT", "-", looks: 1);

        Assert.Equal(130, exitCode);
        Assert.EndsWith("interrupted; Multidocker-env was not changed.\n", output, StringComparison.Ordinal);
        Assert.Empty(Aws.Changes);
    }

    /// <summary>Interrupts the script once it has looked so often and rests.</summary>
    private async Task<(int ExitCode, string Output)> InterruptAsync(string signal, string group, int looks)
    {
        Assert.SkipUnless(DeployScript.HasAws, DeployScript.WhyNoAws);
        Script.Settings["POLL_INTERVAL"] = "600";
        using var deployment = Script.Start("beanstalk.sh", Script.Bundle());
        var output = deployment.StandardError.ReadToEndAsync();
        await Eventually.HoldsAsync("the deployment waits", _ => Task.FromResult(Aws.Count("DescribeEnvironments") == looks));
        await new Command("bash", "-c", $"kill -{signal} -- {group}{deployment.Id}").RunAsync();
        await deployment.WaitForExitAsync();
        return (deployment.ExitCode, await output);
    }
}
