using Fib.Hosting.ElasticBeanstalk.Deploying;
using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Tests.Deployment.Aspire;

/// <summary>The outcomes of a deployment.</summary>
public sealed class DeploymentTests : DeploymentTestBase
{
    [Fact]
    public async Task Deploy_BecomesGreen_ReportsEachEventOnce()
    {
        Aws.Answer("DescribeEvents", AwsReply.Events("first"), AwsReply.Events("second", "first"));
        Assert.Equal("fib-env runs fib-2, status Ready, health Green: http://fib.example.com", await DeployAsync(Before, Updating, Green));
        var events = Reported.Where(line => line.Contains("INFO", StringComparison.Ordinal)).Select(line => line.Split(' ')[^1]);
        Assert.Equal(["first", "second"], events);
        Assert.Equal(
            ["CreateApplicationVersion", "UpdateEnvironment"],
            Aws.Changes.Where(change => !change.StartsWith("PUT", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Deploy_NewValuesOfTheRunningVersion_WaitsForTheirUpdate()
    {
        Target.HealthTimeout = TimeSpan.FromMinutes(5);
        Aws.Answer("DescribeEnvironments", Green, Green, Updating, Red, Green);
        var deployment = Deployment("fib-2");
        await deployment.UploadAsync(Bundle, NewCulture, CancellationToken.None);
        await deployment.UpdateAsync(CancellationToken.None);
        await deployment.VerifyAsync(new PlatformSettings(), CancellationToken.None);
        Assert.Equal(5, Aws.Count("DescribeEnvironments"));
    }

    [Fact]
    public async Task Deploy_RefusedUpdate_NamesTheStoredSecrets()
    {
        Aws.Answer("DescribeEnvironments", Before);
        Aws.Answer("CreateSecret", new AwsReply("""{"ARN":"arn:aws:secretsmanager:eu-west-1:123456789012:secret:token"}"""));
        Aws.Answer("UpdateEnvironment", AwsReply.Refused("AccessDenied", "User: deployer is not authorized."));
        var deployment = Deployment("fib-2");
        var values = Values(new PropertyValue(new("API_TOKEN", "the token") { Secret = true }, "a1B2c3"));
        await deployment.UploadAsync(Bundle, values, CancellationToken.None);
        var failure = await Assert.ThrowsAsync<DeploymentException>(() => deployment.UpdateAsync(CancellationToken.None));
        Assert.EndsWith(
            "not authorized. These properties and secrets keep their new values: API_TOKEN.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_NoSuchEnvironment_ChangesNothing()
    {
        Assert.Contains(
            "there is no environment fib-env of application multi-docker",
            await FailAsync(AwsReply.Of("DescribeEnvironments", "<Environments/>")), StringComparison.Ordinal);
        Assert.Empty(Aws.Changes);
    }

    [Fact]
    public async Task Deploy_AnotherDeploymentRuns_WaitsForItsEnd()
    {
        await DeployAsync(Updating, Before, Updating, Green);
        Assert.Contains("fib-env runs fib-1, status Updating, health Grey; waiting until it is ready", Reported);
    }

    [Fact]
    public async Task Deploy_ExistingVersion_UploadsNothing()
    {
        Aws.Answer("DescribeApplicationVersions", AwsReply.Version("bucket", "any.zip"));
        Aws.Answer("DescribeEnvironments", Green, Updating, Before);
        await Deployment("fib-1").RunAsync(null, new PlatformSettings(), CancellationToken.None);
        Assert.Equal(["UpdateEnvironment"], Aws.Changes);
    }

    [Fact]
    public async Task Deploy_UnknownVersion_ChangesNothing()
    {
        Aws.Answer("DescribeEnvironments", Before);
        var failure = await Assert.ThrowsAsync<DeploymentException>(() =>
            Deployment("fib-3").RunAsync(null, new PlatformSettings(), CancellationToken.None));
        Assert.Equal("application multi-docker has no version fib-3.", failure.Message);
        Assert.Empty(Aws.Changes);
    }

    [Fact]
    public async Task Deploy_Throttled_RepeatsTheCall()
    {
        var throttled = AwsReply.Refused("Throttling", "Rate exceeded", 400);
        Aws.Answer("UpdateEnvironment", throttled, AwsReply.Of("UpdateEnvironment", ""));
        await DeployAsync(Before, Updating, throttled, Green);
        Assert.Equal(2, Aws.Count("UpdateEnvironment"));
    }

    [Fact]
    public async Task Deploy_FailedPoll_PollsAgain()
    {
        Target.PollInterval = TimeSpan.FromMilliseconds(10);
        await DeployAsync(Before, Updating, AwsReply.Refused("AccessDenied", "Try later"), Green);
        Assert.Contains(Reported, line => line.StartsWith("aws elasticbeanstalk describe-environments: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Deploy_SameBundleTwice_ChangesNothingTheSecondTime()
    {
        await DeployAsync(Before, Green);
        var changes = Aws.Changes.Count();
        Aws.Answer(
            "DescribeApplicationVersions",
            AwsReply.Version("bucket", Aws.Calls.Single(call => call.Operation == "CreateApplicationVersion")["SourceBundle.S3Key"]));
        await DeployAsync(Green);
        Assert.Equal(changes, Aws.Changes.Count());
        Assert.Contains("fib-env already runs fib-2", Reported);
    }

    [Fact]
    public async Task Deploy_SameLabelForAnotherBundle_IsRejected()
    {
        Aws.Answer("DescribeApplicationVersions", AwsReply.Version("bucket", "multi-docker/fib-2-0123456789abcdef.zip"));
        Assert.Contains(
            "version fib-2 already exists with another bundle (s3://bucket/multi-docker/fib-2-0123456789abcdef.zip): choose another Tag, " +
            "or deploy the existing version with the step deploy-bundle-eb.",
            await FailAsync(Before), StringComparison.Ordinal);
        Assert.Empty(Aws.Changes);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public async Task Deploy_SmokeProgram_DecidesTheOutcome(string program, bool works)
    {
        (Target.SmokeUrl, Target.SmokeProgram) = (null, program);
        if (works)
            await DeployAsync(Before, Green);
        else
            Assert.Contains(
                "the smoke test of http://fib.example.com failed", await FailAsync(Before, Green, Green, Before),
                StringComparison.Ordinal);
        Assert.Equal(works ? ["fib-2"] : (string[])["fib-2", "fib-1"], UpdatedTo);
    }

    [Fact]
    public async Task Deploy_NoSmokeUrl_RequestsTheEnvironmentsAddress()
    {
        Target.SmokeUrl = null;
        var green = AwsReply.Environment("Ready", "Green", "fib-2", Aws.Address["http://".Length..]);
        Assert.Contains(
            $"does not work: {Aws.Address}/ answers 400", await FailAsync(Before, green, green, Before),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_StatusOfTheHealthCheck_PassesTheSmokeTest()
    {
        Target.SmokeUrl = null;
        Aws.Answer("DescribeEnvironments", Before, AwsReply.Environment("Ready", "Green", "fib-2", Aws.Address["http://".Length..]));
        // The endpoint answers an unknown request with 400.
        await Deployment("fib-2").RunAsync(Bundle, new PlatformSettings { HealthCheckStatus = 400 }, CancellationToken.None);
        Assert.Equal("fib-2", Assert.Single(UpdatedTo));
    }
}
