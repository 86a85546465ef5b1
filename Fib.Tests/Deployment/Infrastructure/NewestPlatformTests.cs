using Fib.Tests.Deployment.Infrastructure.Reading;

namespace Fib.Tests.Deployment.Infrastructure;

/// <summary><c>deploy/newest-platform.sh</c> with the real <c>aws</c> command, which validates its arguments.</summary>
public sealed class NewestPlatformTests : DeployScriptTests
{
    private const string Arn = "arn:aws:elasticbeanstalk:us-east-1::platform/Docker running on 64bit Amazon Linux 2023/";

    [Fact]
    public async Task NewestPlatform_SeveralVersions_PrintsTheNewestInTheTemplatesFormat()
    {
        List("4.9.1", "4.13.7", "4.2.0");
        Describe("supported");
        Assert.Equal((0, Arn + "4.13.7\n"), await FindNewestAsync());
        Assert.Matches($"^({Template.Load("infrastructure.yaml").Parameters["Platform"]!["AllowedPattern"]})$", Arn + "4.13.7");

        Assert.Equal(["ListPlatformVersions", "DescribePlatformVersion"], Aws.Calls.Select(call => call.Operation));
        Assert.Equal("Docker running on 64bit Amazon Linux 2023", Aws.Calls[0]["Filters.member.1.Values.member.1"]);
        Assert.Equal(Arn + "4.13.7", Aws.Calls[1]["PlatformArn"]);
    }

    [Fact]
    public async Task NewestPlatform_RetiredBranch_WarnsOfIt()
    {
        List("4.3.5");
        Describe("Retired");
        var (exitCode, output) = await FindNewestAsync("Docker running on 64bit Amazon Linux 2");
        Assert.Equal(0, exitCode);
        Assert.Contains("the state of the branch is Retired", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NewestPlatform_UnknownBranch_FailsWithOneLine()
    {
        List();
        Assert.Equal(
            (1, "newest-platform.sh: us-east-1 has no platform of the branch 'Docker running on nothing'.\n"),
            await FindNewestAsync("Docker running on nothing"));
    }

    [Fact]
    public async Task NewestPlatform_AwsError_ReportsIt()
    {
        Aws.Answer("ListPlatformVersions", AwsReply.Refused("AccessDenied", "not allowed"));
        var (exitCode, output) = await FindNewestAsync();
        Assert.Equal(1, exitCode);
        Assert.Contains(
            "aws elasticbeanstalk list-platform-versions:", Assert.Single(output.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Contains("AccessDenied", output, StringComparison.Ordinal);
    }

    /// <summary>Uses the AWS CLI's standard credential variables: an administrator runs this script, not the pipeline.</summary>
    private Task<(int ExitCode, string Output)> FindNewestAsync(params string[] branch)
    {
        (Script.Settings["AWS_ACCESS_KEY_ID"], Script.Settings["AWS_SECRET_ACCESS_KEY"]) = ("test", "test");
        return RunAsync("newest-platform.sh", branch);
    }

    private void List(params string[] versions) => Answer(
        "ListPlatformVersions",
        $"<PlatformSummaryList>{string.Concat(versions.Select(Summary))}</PlatformSummaryList>");

    private static string Summary(string version) =>
        $"<member><PlatformArn>{Arn}{version}</PlatformArn><PlatformVersion>{version}</PlatformVersion></member>";

    private void Describe(string state) => Answer(
        "DescribePlatformVersion",
        $"<PlatformDescription><PlatformBranchLifecycleState>{state}</PlatformBranchLifecycleState></PlatformDescription>");

    private void Answer(string operation, string result) => Aws.Answer(operation, AwsReply.Of(operation, result));
}
