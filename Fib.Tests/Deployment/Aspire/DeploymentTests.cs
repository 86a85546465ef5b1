using Fib.Hosting.ElasticBeanstalk;
using Fib.Hosting.ElasticBeanstalk.Deploying;
using Fib.LocalSystem.Processes;
using BeanstalkDeployment = Fib.Hosting.ElasticBeanstalk.Deploying.Deployment;

namespace Fib.Tests.Deployment.Aspire;

/// <summary>The outcomes of a deployment, with the real <c>aws</c> and an AWS endpoint of the test.</summary>
public sealed class DeploymentTests : IAsyncLifetime
{
    private const string Zip = "fib-2.zip";

    private static readonly EnvironmentProperty Secret = new("API_TOKEN", "the token") { Secret = true };

    private static readonly AwsReply Before = AwsReply.Environment("Ready", "Green", "fib-1");
    private static readonly AwsReply Updating = AwsReply.Environment("Updating", "Grey", "fib-1");
    private static readonly AwsReply Green = AwsReply.Environment("Ready", "Green", "fib-2");
    private static readonly AwsReply Red = AwsReply.Environment("Ready", "Red", "fib-2");

    private readonly TemporaryFolder _folder = new("deployment-");
    private readonly List<string> _reported = [];
    private readonly CancellationTokenSource _interrupt = new();
    private readonly ElasticBeanstalkEnvironmentResource _environment = new("eb")
    {
        Application = "multi-docker",
        EnvironmentName = "fib-env",
        BundleBucket = "bucket",
        PollInterval = TimeSpan.Zero,
        HealthTimeout = TimeSpan.Zero,
        SmokeUrl = "",
        SmokeTimeout = TimeSpan.Zero,
    };

    private AwsEndpoint _aws = null!;

    private IEnumerable<string> UpdatedTo => _aws.Calls.Where(call => call.Operation == "UpdateEnvironment").Select(call =>
        call["VersionLabel"]);

    private AwsCli Cli => new("eu-west-1", AwsVariables.Of(_aws));

    private string Bundle => Path.Combine(_folder.Path, Zip);

    public async ValueTask InitializeAsync()
    {
        _aws = await AwsEndpoint.StartAsync();
        await File.WriteAllTextAsync(Bundle, "a bundle");
    }

    public async ValueTask DisposeAsync()
    {
        await _aws.DisposeAsync();
        _interrupt.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Deploy_BecomesGreen_ReportsEachEventOnce()
    {
        _aws.Answer("DescribeEvents", AwsReply.Events("first"), AwsReply.Events("second", "first"));
        Assert.Equal("fib-env runs fib-2, status Ready, health Green: http://fib.example.com", await DeployAsync(Before, Updating, Green));
        var events = _reported.Where(line => line.Contains("INFO", StringComparison.Ordinal)).Select(line => line.Split(' ')[^1]);
        Assert.Equal(["first", "second"], events);
        Assert.Equal(
            ["CreateApplicationVersion", "UpdateEnvironment"],
            _aws.Changes.Where(change => !change.StartsWith("PUT", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Deploy_StaysRed_ShowsTheLogsAndRollsBack()
    {
        Assert.EndsWith(
            "now runs fib-1, status Ready, health Green.", await FailAsync(Before, Updating, Red, Updating, Before),
            StringComparison.Ordinal);
        Assert.Equal(["fib-2", "fib-1"], UpdatedTo);
        Assert.Contains("  | eb-engine.log: the last line", _reported);
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
    public async Task Deploy_NoSuchEnvironment_ChangesNothing()
    {
        Assert.Contains(
            "there is no environment fib-env of application multi-docker",
            await FailAsync(AwsReply.Of("DescribeEnvironments", "<Environments/>")), StringComparison.Ordinal);
        Assert.Empty(_aws.Changes);
    }

    [Fact]
    public async Task Deploy_TakesTooLong_IsAborted()
    {
        (_environment.DeployTimeout, _environment.PollInterval) = (TimeSpan.Zero, TimeSpan.FromMilliseconds(10));
        Assert.Equal(
            "deployment failed: fib-env has not become Green within 0 s: it runs fib-1, status Updating, health Grey, " +
            "and cannot be rolled back: it runs fib-1, status Updating, health Grey.",
            await FailAsync(Before, Updating));
        Assert.Equal(1, _aws.Count("AbortEnvironmentUpdate"));
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
        Assert.Contains("fib-env runs fib-1, status Updating, health Grey; waiting until it is ready", _reported);
    }

    [Fact]
    public async Task Deploy_ExistingVersion_UploadsNothing()
    {
        _aws.Answer("DescribeApplicationVersions", AwsReply.Version("bucket", "any.zip"));
        _aws.Answer("DescribeEnvironments", Green, Updating, Before);
        await Deployment("fib-1").RunAsync(null, CancellationToken.None);
        Assert.Equal(["UpdateEnvironment"], _aws.Changes);
    }

    [Fact]
    public async Task Deploy_UnknownVersion_ChangesNothing()
    {
        _aws.Answer("DescribeEnvironments", Before);
        var failure = await Assert.ThrowsAsync<DeploymentException>(() => Deployment("fib-3").RunAsync(null, CancellationToken.None));
        Assert.Equal("application multi-docker has no version fib-3.", failure.Message);
        Assert.Empty(_aws.Changes);
    }

    [Fact]
    public async Task Deploy_Throttled_RepeatsTheCall()
    {
        var throttled = AwsReply.Refused("Throttling", "Rate exceeded", 400);
        _aws.Answer("UpdateEnvironment", throttled, AwsReply.Of("UpdateEnvironment", ""));
        await DeployAsync(Before, Updating, throttled, Green);
        Assert.Equal(2, _aws.Count("UpdateEnvironment"));
    }

    [Fact]
    public async Task Deploy_FailedPoll_PollsAgain()
    {
        _environment.PollInterval = TimeSpan.FromMilliseconds(10);
        await DeployAsync(Before, Updating, AwsReply.Refused("AccessDenied", "Try later"), Green);
        Assert.Contains(_reported, line => line.StartsWith("aws elasticbeanstalk describe-environments: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Deploy_SameBundleTwice_ChangesNothingTheSecondTime()
    {
        await DeployAsync(Before, Updating, Green);
        var changes = _aws.Changes.Count();
        _aws.Answer(
            "DescribeApplicationVersions",
            AwsReply.Version("bucket", _aws.Calls.Single(call => call.Operation == "CreateApplicationVersion")["SourceBundle.S3Key"]));
        await DeployAsync(Green);
        Assert.Equal(changes, _aws.Changes.Count());
        Assert.Contains("fib-env already runs fib-2", _reported);
    }

    [Fact]
    public async Task Deploy_SameLabelForAnotherBundle_IsRejected()
    {
        _aws.Answer("DescribeApplicationVersions", AwsReply.Version("bucket", "multi-docker/fib-2-0123456789abcdef.zip"));
        Assert.Contains(
            "version fib-2 already exists with another bundle (s3://bucket/multi-docker/fib-2-0123456789abcdef.zip)",
            await FailAsync(Before), StringComparison.Ordinal);
        Assert.Empty(_aws.Changes);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public async Task Deploy_SmokeProgram_DecidesTheOutcome(string program, bool works)
    {
        (_environment.SmokeUrl, _environment.SmokeProgram) = (null, program);
        if (works)
            await DeployAsync(Before, Updating, Green);
        else
            Assert.Contains(
                "the smoke test of http://fib.example.com failed", await FailAsync(Before, Updating, Green, Updating, Before),
                StringComparison.Ordinal);
        Assert.Equal(works ? ["fib-2"] : (string[])["fib-2", "fib-1"], UpdatedTo);
    }

    [Fact]
    public async Task Deploy_NoSmokeUrl_RequestsTheEnvironmentsAddress()
    {
        _environment.SmokeUrl = null;
        var green = AwsReply.Environment("Ready", "Green", "fib-2", _aws.Address["http://".Length..]);
        Assert.Contains(
            $"does not work: {_aws.Address}/ answers 400", await FailAsync(Before, Updating, green, Updating, Before),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_InterruptedWhileWaitingForAnother_ChangesNothing()
    {
        _environment.PollInterval = TimeSpan.FromMinutes(10);
        _aws.Answer("DescribeEnvironments", Updating);
        var deployment = Deployment("fib-2").RunAsync(Bundle, _interrupt.Token);
        await Eventually.HoldsAsync("the deployment waits", _ => Task.FromResult(_reported.Count > 0));
        await _interrupt.CancelAsync();
        Assert.Equal("interrupted; fib-env was not changed.", (await Assert.ThrowsAsync<DeploymentException>(() => deployment)).Message);
        Assert.Empty(_aws.Changes);
    }

    [Theory]
    [InlineData(
        "CreateApplicationVersion",
        @"^interrupted before the update; fib-env was not changed: it runs fib-1, status Ready, health Green\. " +
        @"To continue, deploy fib-2 again\. To undo it, delete the version if it was created, and " +
        @"s3://bucket/multi-docker/fib-2-[0-9a-f]{16}\.zip: " +
        "aws elasticbeanstalk delete-application-version --application-name multi-docker --version-label fib-2 --delete-source-bundle$")]
    [InlineData(
        "UpdateEnvironment",
        @"^interrupted while updating fib-env from fib-1 to fib-2; if the update has started, Beanstalk continues it\. " +
        @"fib-env now runs fib-1, status Ready, health Green\. To undo it: .*, or later update-environment with --version-label fib-1\.$")]
    public async Task Deploy_InterruptedDuringACall_ReportsTheStateAndHowToContinueOrUndo(string operation, string expected)
    {
        _aws.Answer(operation, AwsReply.Never);
        _aws.Answer("DescribeEnvironments", Before);
        Assert.Matches(expected, await InterruptAsync(Deployment("fib-2").RunAsync(Bundle, _interrupt.Token), operation));
    }

    [Fact]
    public async Task Deploy_InterruptedWhileSecretsAreStored_ChangesNothing()
    {
        _aws.Answer("DescribeEnvironments", Before);
        _aws.Answer("DescribeApplicationVersions", AwsReply.Version("bucket", "any.zip"));
        _aws.Answer("CreateSecret", AwsReply.Never);
        var deployment = Deployment("fib-2");
        await deployment.UploadAsync(null, CancellationToken.None);
        var values = new PropertyValues(Cli, "multi-docker", "fib-env");
        var update = deployment.UpdateAsync(token => values.OptionsAsync([(Secret, "a1B2c3")], token), _interrupt.Token);
        Assert.Equal(
            "interrupted before the update; fib-env was not changed: it runs fib-1, status Ready, health Green. " +
            "To continue, deploy fib-2 again.",
            await InterruptAsync(update, "CreateSecret"));
        Assert.Equal(0, _aws.Count("UpdateEnvironment"));
    }

    [Fact]
    public async Task Deploy_InterruptedRollback_ReportsItsDirection()
    {
        _aws.Answer("DescribeEnvironments", Before, Updating, Red);
        _aws.Answer("UpdateEnvironment", AwsReply.Of("UpdateEnvironment", ""), AwsReply.Never);
        var deployment = Deployment("fib-2").RunAsync(Bundle, _interrupt.Token);
        await Eventually.HoldsAsync("the rollback", _ => Task.FromResult(_aws.Count("UpdateEnvironment") == 2));
        Assert.StartsWith(
            "interrupted while updating fib-env from fib-2 to fib-1;", await InterruptAsync(deployment, "UpdateEnvironment"),
            StringComparison.Ordinal);
    }

    /// <summary>Interrupts a deployment while the endpoint does not reply to an operation.</summary>
    /// <returns>The message of the failure.</returns>
    private async Task<string> InterruptAsync(Task deployment, string operation)
    {
        await Eventually.HoldsAsync(operation, _ => Task.FromResult(_aws.Count(operation) > 0));
        await _interrupt.CancelAsync();
        return (await Assert.ThrowsAsync<DeploymentException>(() => deployment)).Message;
    }

    private async Task<string> FailAsync(params AwsReply[] states) => (await Assert.ThrowsAsync<DeploymentException>(() =>
        DeployAsync(states))).Message;

    private Task<string> DeployAsync(params AwsReply[] states)
    {
        _aws.Answer("DescribeEnvironments", states);
        return Deployment("fib-2").RunAsync(Bundle, CancellationToken.None);
    }

    private BeanstalkDeployment Deployment(string label)
    {
        Assert.SkipUnless(Command.Exists("aws"), "aws (package awscli) is not installed");
        return new BeanstalkDeployment(_environment, label, Cli, _reported.Add);
    }
}
