using Fib.Hosting.ElasticBeanstalk;
using Fib.Hosting.ElasticBeanstalk.Deploying;
using Fib.Hosting.ElasticBeanstalk.Model;
using Fib.LocalSystem.Processes;

namespace Fib.Tests.Deployment.Aspire;

/// <summary>An interrupted deployment reports its state, and how to continue or undo it.</summary>
public sealed class InterruptedDeploymentTests : DeploymentTestBase
{
    private static readonly EnvironmentProperty Secret = new("API_TOKEN", "the token") { Secret = true };

    private readonly CancellationTokenSource _interrupt = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _interrupt.Dispose();
    }

    [Fact]
    public async Task Deploy_InterruptedWhileWaitingForAnother_ChangesNothing()
    {
        Target.PollInterval = TimeSpan.FromMinutes(10);
        Aws.Answer("DescribeEnvironments", Updating);
        var deployment = Deployment("fib-2").RunAsync(Bundle, new PlatformSettings(), _interrupt.Token);
        await Eventually.HoldsAsync("the deployment waits", _ => Task.FromResult(Reported.Count > 0));
        await _interrupt.CancelAsync();
        Assert.Equal("interrupted; fib-env was not changed.", (await Assert.ThrowsAsync<DeploymentException>(() => deployment)).Message);
        Assert.Empty(Aws.Changes);
    }

    [Theory]
    [InlineData(
        "CreateApplicationVersion",
        @"^interrupted before the update; fib-env was not changed: it runs fib-1, status Ready, health Green\. " +
        @"To continue, deploy fib-2 again, or run the step deploy-bundle-eb if the version was created\. " +
        @"To undo it, delete the version if it was created, and s3://bucket/multi-docker/fib-2-[0-9a-f]{16}\.zip: " +
        "aws elasticbeanstalk delete-application-version --application-name multi-docker --version-label fib-2 --delete-source-bundle$")]
    [InlineData(
        "UpdateEnvironment",
        @"^interrupted while updating fib-env from fib-1 to fib-2; if the update has started, Beanstalk continues it\. " +
        @"fib-env now runs fib-1, status Ready, health Green\. To undo it: .*, or later update-environment with --version-label fib-1\.$")]
    public async Task Deploy_InterruptedDuringACall_ReportsTheStateAndHowToContinueOrUndo(string operation, string expected)
    {
        Aws.Answer(operation, AwsReply.Never);
        Aws.Answer("DescribeEnvironments", Before);
        Assert.Matches(
            expected, await InterruptAsync(Deployment("fib-2").RunAsync(Bundle, new PlatformSettings(), _interrupt.Token), operation));
    }

    [Fact]
    public async Task Deploy_InterruptedWhileSecretsAreStored_ChangesNothing()
    {
        Aws.Answer("DescribeEnvironments", Before);
        Aws.Answer("DescribeApplicationVersions", AwsReply.Version("bucket", "any.zip"));
        Aws.Answer("CreateSecret", AwsReply.Never);
        var deployment = Deployment("fib-2");
        await deployment.UploadAsync(null, Values(new PropertyValue(Secret, "a1B2c3")), CancellationToken.None);
        var update = deployment.UpdateAsync(_interrupt.Token);
        Assert.Equal(
            "interrupted before the update; fib-env was not changed: it runs fib-1, status Ready, health Green. " +
            "To continue, deploy fib-2 again.",
            await InterruptAsync(update, "CreateSecret"));
        Assert.Equal(0, Aws.Count("UpdateEnvironment"));
    }

    [Fact]
    public async Task Deploy_InterruptedAfterASecretIsStored_NamesIt()
    {
        Aws.Answer("DescribeEnvironments", Before);
        Aws.Answer("DescribeApplicationVersions", AwsReply.Version("bucket", "any.zip"));
        Aws.Answer(
            "CreateSecret", new AwsReply("""{"ARN":"arn:aws:secretsmanager:eu-west-1:123456789012:secret:token"}"""), AwsReply.Never);
        var deployment = Deployment("fib-2");
        await deployment.UploadAsync(
            null, Values(new PropertyValue(Secret, "a1B2c3"), new PropertyValue(Secret with { Name = "OTHER_TOKEN" }, "d4E5f6")),
            CancellationToken.None);
        var update = deployment.UpdateAsync(_interrupt.Token);
        Assert.Contains(
            " These properties and secrets keep their new values: API_TOKEN. To continue",
            await InterruptAsync(update, "CreateSecret", calls: 2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_InterruptedUpdate_NamesTheRemovedProperties()
    {
        Aws.Answer("DescribeEnvironments", Before);
        Aws.Answer("DescribeConfigurationSettings", AwsReply.Options((CurrentProperties.PlainNamespace, "STORE_CULTURE", "de-DE")));
        Aws.Answer("UpdateEnvironment", AwsReply.Never);
        var deployment = Deployment("fib-2");
        await deployment.UploadAsync(
            Bundle, Values(new PropertyValue(new("STORE_CULTURE", "the culture") { Default = "" }, "")), CancellationToken.None);
        Assert.EndsWith(
            "--version-label fib-1. These are removed: STORE_CULTURE.",
            await InterruptAsync(deployment.UpdateAsync(_interrupt.Token), "UpdateEnvironment"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_InterruptedRollback_ReportsItsDirection()
    {
        Aws.Answer("DescribeEnvironments", Before, Updating, Red);
        Aws.Answer("UpdateEnvironment", AwsReply.Of("UpdateEnvironment", ""), AwsReply.Never);
        var deployment = Deployment("fib-2").RunAsync(Bundle, new PlatformSettings(), _interrupt.Token);
        await Eventually.HoldsAsync("the rollback", _ => Task.FromResult(Aws.Count("UpdateEnvironment") == 2));
        Assert.StartsWith(
            "interrupted while updating fib-env from fib-2 to fib-1;", await InterruptAsync(deployment, "UpdateEnvironment"),
            StringComparison.Ordinal);
    }

    /// <summary>Interrupts a deployment while the endpoint does not reply to an operation.</summary>
    /// <returns>The message of the failure.</returns>
    private async Task<string> InterruptAsync(Task deployment, string operation, int calls = 1)
    {
        await Eventually.HoldsAsync(operation, _ => Task.FromResult(Aws.Count(operation) >= calls));
        await _interrupt.CancelAsync();
        return (await Assert.ThrowsAsync<DeploymentException>(() => deployment)).Message;
    }
}
