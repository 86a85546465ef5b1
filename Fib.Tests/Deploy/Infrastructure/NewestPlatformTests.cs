using Fib.Tests.Deploy.Infrastructure.Reading;
using Fib.Tests.Support;

namespace Fib.Tests.Deploy.Infrastructure;

/// <summary><c>deploy/newest-platform.sh</c> with the real AWS command line, which checks its calls.</summary>
public class NewestPlatformTests
{
    private const string Stack = "64bit Amazon Linux 2023 v4.13.7 running Docker";
    private const string Arn = "arn:aws:elasticbeanstalk:us-east-1::platform/Docker running on 64bit Amazon Linux 2023/";

    [Fact]
    public async Task NewestPlatform_SeveralVersions_PrintsTheNewestAsTheTemplateTakesIt()
    {
        await using var aws = await StartAsync(List("4.9.1", "4.13.7", "4.2.0"), Describe("supported"));
        Assert.Equal((0, Stack + "\n"), await aws.RunAsync(Script));
        Assert.Matches($"^({Template.Load("infrastructure.yaml").Parameters["Platform"]!["AllowedPattern"]})$", Stack);

        var (list, describe) = (aws.Calls.First(), aws.Calls.Last());
        Assert.Contains("Docker running on 64bit Amazon Linux 2023", list.Values);
        Assert.Equal(("DescribePlatformVersion", Arn + "4.13.7"), (describe["Action"], describe["PlatformArn"]));
    }

    [Fact]
    public async Task NewestPlatform_RetiredBranch_SaysSo()
    {
        await using var aws = await StartAsync(List("4.3.5"), Describe("Retired"));
        var (exitCode, output) = await aws.RunAsync(Script, "Docker running on 64bit Amazon Linux 2");
        Assert.Equal(0, exitCode);
        Assert.Contains("retired", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NewestPlatform_NoSuchBranch_FailsWithOneLine()
    {
        await using var aws = await StartAsync(List(), Describe("supported"));
        Assert.Equal((1, "newest-platform.sh: us-east-1 has no platform of the branch 'Docker running on nothing'.\n"), await aws.RunAsync(Script, "Docker running on nothing"));
    }

    [Fact]
    public async Task NewestPlatform_Refused_SaysWhatAwsSaid()
    {
        await using var aws = await StartAsync();
        var (exitCode, output) = await aws.RunAsync(Script);
        Assert.Equal(1, exitCode);
        Assert.Contains("aws elasticbeanstalk list-platform-versions:", Assert.Single(output.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Contains("AccessDenied", output, StringComparison.Ordinal);
    }

    private static string Script => Template.Path("newest-platform.sh");

    private static Task<Aws> StartAsync(params KeyValuePair<string, string>[] results)
    {
        Assert.SkipUnless(Tool.Exists("aws"), "There is no aws.");
        return Aws.StartAsync(results.ToDictionary());
    }

    private static KeyValuePair<string, string> List(params string[] versions) => new(
        "ListPlatformVersions",
        $"<PlatformSummaryList>{string.Concat(versions.Select(version => $"<member><PlatformArn>{Arn}{version}</PlatformArn><PlatformVersion>{version}</PlatformVersion></member>"))}</PlatformSummaryList>");

    private static KeyValuePair<string, string> Describe(string state) => new(
        "DescribePlatformVersion",
        $"<PlatformDescription><SolutionStackName>{Stack}</SolutionStackName><PlatformBranchLifecycleState>{state}</PlatformBranchLifecycleState></PlatformDescription>");
}
