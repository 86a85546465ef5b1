using Fib.Hosting.ElasticBeanstalk.Deploying;
using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Tests.Deployment.Aspire;

/// <summary>The outcomes of a deployment.</summary>
public sealed class DeploymentTests : DeploymentTestBase
{
    private IEnumerable<string> UpdatedTo => Aws.Calls.Where(call => call.Operation == "UpdateEnvironment").Select(call =>
        call["VersionLabel"]);

    private PropertyValues NewCulture => new(Cli, "multi-docker", "fib-env", [(new("STORE_CULTURE", "the culture"), "en-US")]);

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
    public async Task Deploy_StaysRed_ShowsTheLogsAndRollsBack()
    {
        Assert.EndsWith(
            "now runs fib-1, status Ready, health Green.", await FailAsync(Before, Updating, Red, Red, Updating, Before),
            StringComparison.Ordinal);
        Assert.Equal(["fib-2", "fib-1"], UpdatedTo);
        Assert.Contains("  | eb-engine.log: the last line", Reported);
    }

    [Fact]
    public async Task Deploy_RolledBack_NamesThePropertiesThatKeepTheirNewValues()
    {
        Aws.Answer("DescribeEnvironments", Before, Updating, Red, Red, Updating, Before);
        var deployment = Deployment("fib-2");
        await deployment.UploadAsync(Bundle, CancellationToken.None);
        await deployment.CreateVersionAsync(CancellationToken.None);
        await deployment.UpdateAsync(NewCulture, CancellationToken.None);
        var failure = await Assert.ThrowsAsync<DeploymentException>(() =>
            deployment.VerifyAsync(new PlatformSettings(), CancellationToken.None));
        Assert.EndsWith(
            "now runs fib-1, status Ready, health Green. These properties and secrets keep their new values: STORE_CULTURE.",
            failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_NewValuesOfTheRunningVersion_WaitsForTheirUpdate()
    {
        Target.HealthTimeout = TimeSpan.FromMinutes(5);
        Aws.Answer("DescribeEnvironments", Green, Green, Updating, Red, Green);
        var deployment = Deployment("fib-2");
        await deployment.UploadAsync(Bundle, CancellationToken.None);
        await deployment.UpdateAsync(NewCulture, CancellationToken.None);
        await deployment.VerifyAsync(new PlatformSettings(), CancellationToken.None);
        Assert.Equal(5, Aws.Count("DescribeEnvironments"));
    }

    [Fact]
    public async Task Deploy_CredentialsExpireMeanwhile_DoesNotClaimAnything()
    {
        (Target.DeployTimeout, Target.PollInterval) = (TimeSpan.Zero, TimeSpan.FromMilliseconds(10));
        var expired = AwsReply.Refused("ExpiredToken", "The security token included in the request is expired.");
        Assert.Equal(
            "deployment failed: fib-env has not become Green within 0 s: the last known state is: runs fib-1, status Ready, health " +
            "Green, and cannot be rolled back: aws elasticbeanstalk describe-environments: An error occurred (ExpiredToken) when " +
            "calling the DescribeEnvironments operation: The security token included in the request is expired.",
            await FailAsync(Before, expired));
        Assert.Equal("fib-2", Assert.Single(UpdatedTo));
    }

    [Fact]
    public async Task Deploy_RefusedUpdate_NamesTheStoredSecrets()
    {
        Aws.Answer("DescribeEnvironments", Before);
        Aws.Answer("CreateSecret", new AwsReply("""{"ARN":"arn:aws:secretsmanager:eu-west-1:123456789012:secret:token"}"""));
        Aws.Answer("UpdateEnvironment", AwsReply.Refused("AccessDenied", "User: deployer is not authorized."));
        var deployment = Deployment("fib-2");
        await deployment.UploadAsync(Bundle, CancellationToken.None);
        var values = new PropertyValues(Cli, "multi-docker", "fib-env", [(new("API_TOKEN", "the token") { Secret = true }, "a1B2c3")]);
        var failure = await Assert.ThrowsAsync<DeploymentException>(() => deployment.UpdateAsync(values, CancellationToken.None));
        Assert.EndsWith(
            "not authorized. These properties and secrets keep their new values: API_TOKEN.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_BeanstalkRollsBackItself_FailsWithoutAnotherUpdate()
    {
        Assert.Equal(
            "deployment failed: fib-env runs fib-1, status Ready, health Green, as before.", await FailAsync(Before, Updating, Before));
        Assert.Equal("fib-2", Assert.Single(UpdatedTo));
    }

    [Fact]
    public async Task Deploy_AnotherDeploymentMeanwhile_DoesNotRollBack()
    {
        var failure = await FailAsync(Before, Updating, AwsReply.Environment("Ready", "Green", "fib-3"));
        Assert.Contains("another deployment changed fib-env meanwhile: it runs fib-3", failure, StringComparison.Ordinal);
        Assert.Equal("fib-2", Assert.Single(UpdatedTo));
    }

    [Fact]
    public async Task Deploy_AnotherUpdateBeginsAfterwards_IsNotAborted()
    {
        Assert.Equal(
            "deployment failed: fib-env does not become Green: it runs fib-2, status Ready, health Red, and cannot be rolled back: " +
            "another update has begun, and it runs fib-1, status Updating, health Grey.",
            await FailAsync(Before, Updating, Red, Updating));
        Assert.Equal(("fib-2", 0), (Assert.Single(UpdatedTo), Aws.Count("AbortEnvironmentUpdate")));
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
    public async Task Deploy_TakesTooLong_IsAborted()
    {
        (Target.DeployTimeout, Target.PollInterval) = (TimeSpan.Zero, TimeSpan.FromMilliseconds(10));
        Assert.Equal(
            "deployment failed: fib-env has not become Green within 0 s: it runs fib-1, status Updating, health Grey, " +
            "and cannot be rolled back: it runs fib-1, status Updating, health Grey.",
            await FailAsync(Before, Updating));
        Assert.Equal(1, Aws.Count("AbortEnvironmentUpdate"));
    }

    [Fact]
    public async Task Deploy_FirstVersion_ReportsThatNoRollbackIsPossible()
    {
        var empty = AwsReply.Of(
            "DescribeEnvironments",
            "<Environments><member><Status>Ready</Status><Health>Grey</Health><CNAME>c</CNAME></member></Environments>");
        Assert.Contains("there is no earlier version to roll back to", await FailAsync(empty, Updating, Red), StringComparison.Ordinal);
        Assert.Equal("fib-2", Assert.Single(UpdatedTo));
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

    private async Task<string> FailAsync(params AwsReply[] states) => (await Assert.ThrowsAsync<DeploymentException>(() =>
        DeployAsync(states))).Message;

    private Task<string> DeployAsync(params AwsReply[] states)
    {
        Aws.Answer("DescribeEnvironments", states);
        return Deployment("fib-2").RunAsync(Bundle, new PlatformSettings(), CancellationToken.None);
    }
}
