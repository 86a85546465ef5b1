using Fib.Hosting.ElasticBeanstalk.Deploying;
using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Tests.Deployment.Aspire;

/// <summary>What a failed deployment does to the environment, and what it reports.</summary>
public sealed class RollbackTests : DeploymentTestBase
{
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
        await deployment.UploadAsync(Bundle, NewCulture, CancellationToken.None);
        await deployment.CreateVersionAsync(CancellationToken.None);
        await deployment.UpdateAsync(CancellationToken.None);
        var failure = await Assert.ThrowsAsync<DeploymentException>(() =>
            deployment.VerifyAsync(new PlatformSettings(), CancellationToken.None));
        Assert.EndsWith(
            "now runs fib-1, status Ready, health Green. These properties and secrets keep their new values: STORE_CULTURE.",
            failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_RolledBack_SetsRemovedPropertiesAgain()
    {
        Aws.Answer("DescribeEnvironments", Before, Updating, Red, Red, Updating, Before);
        Aws.Answer("DescribeConfigurationSettings", AwsReply.Options((CurrentProperties.PlainNamespace, "STORE_CULTURE", "de-DE")));
        var deployment = Deployment("fib-2");
        await deployment.UploadAsync(
            Bundle, Values(new PropertyValue(new("STORE_CULTURE", "the culture") { Default = "" }, "")), CancellationToken.None);
        await deployment.UpdateAsync(CancellationToken.None);
        var failure = await Assert.ThrowsAsync<DeploymentException>(() =>
            deployment.VerifyAsync(new PlatformSettings(), CancellationToken.None));
        Assert.EndsWith("now runs fib-1, status Ready, health Green.", failure.Message, StringComparison.Ordinal);
        var updates = Aws.Calls.Where(call => call.Operation == "UpdateEnvironment").ToList();
        Assert.Equal(
            (CurrentProperties.PlainNamespace, "STORE_CULTURE"),
            (updates[0]["OptionsToRemove.member.1.Namespace"], updates[0]["OptionsToRemove.member.1.OptionName"]));
        Assert.Equal(
            (CurrentProperties.PlainNamespace, "STORE_CULTURE", "de-DE"),
            (updates[1]["OptionSettings.member.1.Namespace"], updates[1]["OptionSettings.member.1.OptionName"],
                updates[1]["OptionSettings.member.1.Value"]));
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
}
