using System.Globalization;
using System.Text.Json.Nodes;
using Fib.LocalSystem.Processes;

namespace Fib.Tests.Deployment.Aspire;

/// <summary><c>aspire deploy</c> of a sample: the calls of AWS and their order. DeploymentTests has the possible outcomes.</summary>
public sealed class DeployTests : IAsyncLifetime
{
    private static readonly AwsReply Before = AwsReply.Environment("Ready", "Green", "1");
    private static readonly AwsReply Updating = AwsReply.Environment("Updating", "Grey", "1");
    private static readonly AwsReply Green = AwsReply.Environment("Ready", "Green", "2");

    private DeployedSample _sample = null!;

    public async ValueTask InitializeAsync() => _sample = await DeployedSample.CreateAsync();

    public ValueTask DisposeAsync() => _sample.DisposeAsync();

    [Fact]
    public async Task Deploy_BecomesGreen_PushesUploadsCreatesAndUpdatesInThisOrder()
    {
        var (exitCode, output) = await DeployAsync([Before, Updating, Green]);

        Assert.True(exitCode == 0, output);
        var changes = _sample.Aws.Changes.ToList();
        var upload = Assert.Single(changes, change => change.StartsWith("PUT", StringComparison.Ordinal));
        Assert.Matches("^PUT /bucket/app/2-[0-9a-f]{16}\\.zip$", upload);
        Assert.Equal(
            [
                "CreateRepository", "CreateRepository", "GetAuthorizationToken", upload, "CreateApplicationVersion", "CreateSecret",
                "UpdateEnvironment"], changes);
        Assert.Equal(2, _sample.Programs.Count(
            line => line.StartsWith("docker push 123456789012.dkr.ecr.eu-west-1.amazonaws.com/", StringComparison.Ordinal)));
        Assert.Contains("app-eb runs 2, status Ready, health Green: http://fib.example.com", output, StringComparison.Ordinal);
        Assert.Contains(
            $"image: 123456789012.dkr.ecr.eu-west-1.amazonaws.com/apiservice@sha256:{new string('a', 64)}",
            _sample.Host.Read("docker-compose.yml"), StringComparison.Ordinal);
        AssertSecretIsStored(output);
    }

    [Fact]
    public async Task Deploy_ErrorOfAws_IsOneLine()
    {
        _sample.Aws.Answer("CreateApplicationVersion", AwsReply.Refused("AccessDenied", "User: deployer is not authorized"));

        var (exitCode, output) = await DeployAsync([Before]);

        Assert.Equal((1, 0), (exitCode, _sample.Aws.Count("UpdateEnvironment")));
        Assert.Contains(
            "aws elasticbeanstalk create-application-version: An error occurred (AccessDenied)", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_SecretThatBreaksItsUri_IsRejectedWithoutBeingShown()
    {
        var (exitCode, output) = await DeployAsync([Before], "--Parameters:cache-password", "a/b?c");

        Assert.Equal(1, exitCode);
        Assert.Equal(["CreateRepository", "CreateRepository", "GetAuthorizationToken"], _sample.Aws.Changes);
        Assert.Contains(
            "CACHE_PASSWORD is put into a URI: its value may contain only letters, digits and - . _ ~.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("a/b?c", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_GeneratedPasswordInAUri_HasNoSpecialCharacters()
    {
        await using var shop = await DeployedSample.CreateAsync("Shop");
        shop.Aws.Answer("DescribeEnvironments", Before, Green);
        var (exitCode, output) = await shop.DeployAsync(
            "--Parameters:storeName", "Shop", "--Parameters:payment-key", "k", "--ConnectionStrings:orders", "Host=orders");

        Assert.True(exitCode == 0, output);
        var secret = Assert.Single(shop.Aws.Calls, call =>
            call.Operation == "CreateSecret" && call.Body.Contains("POSTGRES_PASSWORD", StringComparison.Ordinal));
        Assert.Matches("\"SecretString\": \"[A-Za-z0-9]{22}\"", secret.Body);
    }

    [Fact]
    public async Task Deploy_GeneratedPasswordsThatExist_KeepTheirValues()
    {
        Assert.SkipUnless(Command.Exists("aws"), "aws (package awscli) is not installed");
        await using var shop = await DeployedSample.CreateAsync("Shop");
        var arn = new AwsReply("""{"ARN":"arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop"}""");
        shop.Aws.Answer("CreateSecret", AwsReply.RefusedJson("ResourceExistsException", "it exists"));
        shop.Aws.Answer("DescribeSecret", arn);
        shop.Aws.Answer("PutSecretValue", arn);
        // At the second deployment Aspire has saved the generated values.
        for (var deployment = 0; deployment < 2; deployment++)
        {
            shop.Aws.Answer("DescribeEnvironments", Before, Green);
            var (exitCode, output) = await shop.DeployAsync(
                "--Parameters:storeName", "Shop", "--Parameters:payment-key", "k", "--ConnectionStrings:orders", "Host=orders",
                "--Parameters:redis-password", "rotated");
            Assert.True(exitCode == 0, output);
            Assert.Contains("Kept the existing value of POSTGRES_PASSWORD", output, StringComparison.Ordinal);
        }
        Assert.Equal(
            ["ConnectionStrings__orders", "PAYMENT_KEY", "REDIS_PASSWORD"],
            shop.Aws.Calls.Where(call => call.Operation == "PutSecretValue")
                .Select(call => JsonNode.Parse(call.Body)!["SecretId"]!.ToString()["shop/shop-eb/".Length..]).Distinct());
    }

    [Fact]
    public async Task Deploy_Interrupted_ReportsTheStateAndHowToRollBack()
    {
        Assert.SkipUnless(Command.Exists("aws"), "aws (package awscli) is not installed");
        _sample.Aws.Answer("DescribeEnvironments", Before, Updating);
        using var deploying = _sample.StartDeploying();
        var output = Task.WhenAll(deploying.StandardOutput.ReadToEndAsync(), deploying.StandardError.ReadToEndAsync());
        await Eventually.HoldsAsync(
            "the update", _ => Task.FromResult(_sample.Aws.Calls.SkipWhile(call => call.Operation != "UpdateEnvironment").Skip(1).Any()));

        // As a terminal does for Ctrl+C: to the group, and so to the running aws too.
        await new Command("kill", "-INT", "--", string.Create(CultureInfo.InvariantCulture, $"-{deploying.Id}")).RunAsync();
        await deploying.WaitForExitAsync();

        Assert.NotEqual(0, deploying.ExitCode);
        Assert.Contains(
            "interrupted while updating app-eb from 1 to 2; if the update has started, Beanstalk continues it. " +
            "app-eb now runs 1, status Updating, health Grey. " +
            "To undo it: aws elasticbeanstalk abort-environment-update --environment-name app-eb",
            string.Concat(await output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_InterruptedCallOfAws_ReportsTheStateToo()
    {
        Assert.SkipUnless(Command.Exists("aws"), "aws (package awscli) is not installed");
        _sample.Aws.Answer("DescribeEnvironments", Before);
        _sample.Aws.Answer("UpdateEnvironment", AwsReply.Never);
        using var deploying = _sample.StartDeploying();
        var output = Task.WhenAll(deploying.StandardOutput.ReadToEndAsync(), deploying.StandardError.ReadToEndAsync());
        await Eventually.HoldsAsync("the update", _ => Task.FromResult(_sample.Aws.Count("UpdateEnvironment") > 0));

        await new Command("pkill", "-INT", "-P", deploying.Id.ToString(CultureInfo.InvariantCulture)).RunAsync();
        await deploying.WaitForExitAsync();

        Assert.NotEqual(0, deploying.ExitCode);
        Assert.Contains(
            "interrupted while updating app-eb from 1 to 2; if the update has started, Beanstalk continues it.",
            string.Concat(await output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeployBundle_HealthCheckPath_IsRequestedByTheSmokeTest()
    {
        var green = AwsReply.Environment("Ready", "Green", "2", _sample.Aws.Address["http://".Length..]);
        var (exitCode, output) = await DeployBundleAsync(
            [Before, green, Before], "--eb:SmokeTimeout", "0", "--eb:HealthCheckPath", "/ready");

        Assert.Equal(1, exitCode);
        Assert.Contains($"does not work: {_sample.Aws.Address}/ready answers 400", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeployBundle_SmokeUrlWithoutScheme_IsRejectedBeforeAnyCall()
    {
        var (exitCode, output) = await DeployBundleAsync([Before], "--eb:SmokeUrl", "shop.example.com");

        Assert.Equal(1, exitCode);
        Assert.Contains(
            "eb: configuration: SmokeUrl 'shop.example.com' must begin with http:// or https://.", output, StringComparison.Ordinal);
        Assert.Empty(_sample.Aws.Calls);
    }

    [Fact]
    public async Task Push_ImageOfAnotherArchitecture_IsOneErrorAndPushesNothing()
    {
        _sample.ImageArchitecture = "arm64";

        var (exitCode, output) = await _sample.PushAsync();

        Assert.Equal(1, exitCode);
        foreach (var image in (string[])["apiservice", "webfrontend"])
        {
            var error = $"{image}: image: {image} is built for arm64, the environment is for amd64: nothing is pushed.";
            Assert.Equal(2, output.Split(error).Length);
        }
        Assert.DoesNotContain(_sample.Programs, line => line.StartsWith("docker push", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Push_ToEcr_CreatesTheRepositoriesAndLogsInBeforeThePush()
    {
        Assert.SkipUnless(Command.Exists("aws"), "aws (package awscli) is not installed");
        var (exitCode, output) = await _sample.PushAsync();

        Assert.True(exitCode == 0, output);
        Assert.Equal(["CreateRepository", "CreateRepository", "GetAuthorizationToken"], _sample.Aws.Changes);
        Assert.All(
            _sample.Aws.Calls.Where(call => call.Operation is "DescribeRepositories" or "CreateRepository"),
            call => Assert.Contains("\"registryId\": \"123456789012\"", call.Body, StringComparison.Ordinal));
        var login = _sample.Programs.Index().Single(line => line.Item.StartsWith("docker login", StringComparison.Ordinal)).Index;
        Assert.All(
            _sample.Programs.Index().Where(line => line.Item.StartsWith("docker push", StringComparison.Ordinal)),
            push => Assert.True(push.Index > login, push.Item));
    }

    [Theory]
    [InlineData("x64", "linux-x64", "amd64")]
    [InlineData("arm64", "linux-arm64", "arm64")]
    public async Task Deploy_Architecture_IsThatOfTheBuiltImages(string architecture, string runtime, string image)
    {
        _sample.ImageArchitecture = image;
        var (exitCode, output) = await DeployAsync([Before, Green], "--eb:Architecture", architecture);

        Assert.True(exitCode == 0, output);
        var builds = _sample.Programs.Where(line => line.StartsWith("dotnet publish", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, builds.Count);
        Assert.All(builds, build => Assert.Contains(runtime, build, StringComparison.Ordinal));
    }

    /// <summary>Only Secrets Manager gets the secret.</summary>
    private void AssertSecretIsStored(string output)
    {
        Assert.Contains(
            "a1B2c3", Assert.Single(_sample.Aws.Calls, call => call.Operation == "CreateSecret").Body, StringComparison.Ordinal);
        var update = Assert.Single(_sample.Aws.Calls, call => call.Operation == "UpdateEnvironment");
        Assert.Equal(
            ("aws:elasticbeanstalk:application:environmentsecrets", "CACHE_PASSWORD",
                "arn:aws:secretsmanager:eu-west-1:123456789012:secret:cache"),
            (update["OptionSettings.member.1.Namespace"], update["OptionSettings.member.1.OptionName"],
                update["OptionSettings.member.1.Value"]));
        Assert.DoesNotContain(
            "a1B2c3",
            output + string.Concat(_sample.Aws.Calls.Where(call => call.Operation != "CreateSecret").Select(call => call.Body)),
            StringComparison.Ordinal);
    }

    private Task<(int ExitCode, string Output)> DeployBundleAsync(AwsReply[] states, params string[] settings)
    {
        Assert.SkipUnless(Command.Exists("aws"), "aws (package awscli) is not installed");
        _sample.Aws.Answer("DescribeEnvironments", states);
        _sample.Aws.Answer("DescribeApplicationVersions", AwsReply.Version("bucket", "any.zip"));
        return _sample.Host.RunAsync(
            "deploy-bundle-eb", ["--eb:Tag", "2", "--eb:PollInterval", "0", "--eb:HealthTimeout", "0", .. settings]);
    }

    private Task<(int ExitCode, string Output)> DeployAsync(AwsReply[] states, params string[] settings)
    {
        Assert.SkipUnless(Command.Exists("aws"), "aws (package awscli) is not installed");
        _sample.Aws.Answer("DescribeEnvironments", states);
        return _sample.DeployAsync(settings);
    }
}
