using Fib.LocalSystem.Processes;
using Fib.Tests.Support;

namespace Fib.Tests.Deployment;

/// <summary>deploy/push-images.sh and deploy/ecr.sh, with a fake <c>docker</c> that records its arguments.</summary>
public sealed class ImagesTests : DeployScriptTests
{
    private const string Ecr = "123456789012.dkr.ecr.us-east-1.amazonaws.com";
    private static readonly string Digest = $"sha256:{new string('b', 64)}";

    private string DockerCalls => File.ReadAllText(Script.PathOf("docker.log"));

    [Fact]
    public async Task PushImages_FourImages_PushesEachOnceAndWritesTheirDigests()
    {
        Docker();
        UseDockerHub();

        var (exitCode, output) = await Script.RunAsync("push-images.sh");

        Assert.True(exitCode == 0, output);
        Assert.Equal(
            ["client", "server", "worker", "nginx"],
            DockerCalls.Split('\n').Where(call => call.StartsWith("push ", StringComparison.Ordinal))
                .Select(call => call["push -q me/multi-".Length..^":abc".Length]));
        Assert.Equal(
            $"client={Digest}\nserver={Digest}\nworker={Digest}\nnginx={Digest}\n", File.ReadAllText(Script.Settings["IMAGE_DIGESTS"]));
        Assert.Contains(
            "engine: unix:///run/user/1000/docker.sock\nlogin -u me --password-stdin\nstdin: docker-password\n", DockerCalls,
            StringComparison.Ordinal);
        Assert.DoesNotContain("docker-password", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(DockerCalls.Split('\n')[0]["config: ".Length..]));
        Assert.DoesNotContain("latest", DockerCalls, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PushImages_OfflineBase_PushesNothing()
    {
        Docker(onOfflineBase: true);
        UseDockerHub();

        var (exitCode, output) = await Script.RunAsync("push-images.sh");

        Assert.Equal(1, exitCode);
        Assert.Contains("me/multi-client:abc is built on an offline base image and is not pushed.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("push", DockerCalls, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PushImages_BuiltForAnotherArchitecture_PushesNothing()
    {
        Docker(architecture: "arm64");
        UseDockerHub();

        var (exitCode, output) = await Script.RunAsync("push-images.sh");

        Assert.Equal(1, exitCode);
        Assert.Contains(
            "me/multi-client:abc is built for arm64, the bundle is for amd64: nothing is pushed.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("push", DockerCalls, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PushImages_BundleOfAnotherTag_IsRejectedBeforeTheLogin()
    {
        Docker();
        UseDockerHub();
        Script.Settings["IMAGE_TAG"] = "def";

        var (exitCode, output) = await Script.RunAsync("push-images.sh");

        var reason = $"{Script.Settings["IMAGE_BUNDLE"]} has the tag abc, not def: publish it again.";
        Assert.Equal((2, $"push-images.sh: {reason}\n"), (exitCode, output));
        Assert.False(File.Exists(Script.PathOf("docker.log")));
    }

    [Theory]
    [InlineData("DOCKER_PASSWORD", "$(DOCKER_PASSWORD)", "please set DOCKER_PASSWORD:")]
    [InlineData("IMAGE_TAG", "latest", "IMAGE_TAG is latest")]
    public async Task PushImages_InvalidSetting_IsReportedBeforeTheLogin(string name, string value, string reason)
    {
        Docker();
        UseDockerHub();
        Script.Settings[name] = value;

        var (exitCode, output) = await Script.RunAsync("push-images.sh");

        Assert.Equal(2, exitCode);
        Assert.Contains(reason, output, StringComparison.Ordinal);
        Assert.False(File.Exists(Script.PathOf("docker.log")));
    }

    [Fact]
    public async Task Ecr_SomeImagesExist_PushesOnlyTheOthers()
    {
        Docker();
        Aws.Answer("BatchGetImage", Image('a'), Image('a'), new AwsReply("""{"images":[],"failures":[]}"""), Image('a'));
        const string token = """{"authorizationToken":"QVdTOmVjci1wYXNzd29yZA==","proxyEndpoint":"https://x"}""";
        Aws.Answer("GetAuthorizationToken", new AwsReply($$"""{"authorizationData":[{{token}}]}"""));
        (Script.Settings["ECR_REGISTRY"], Script.Settings["IMAGE_TAG"]) = ($"{Ecr}/fib", "refs/tags/v2");
        Script.Settings["IMAGE_DIGESTS"] = Script.PathOf("digests");
        Script.Settings["IMAGE_BUNDLE"] = Script.ImageList($"{Ecr}/fib", "v2");

        var (exitCode, output) = await RunAsync("ecr.sh");

        Assert.True(exitCode == 0, output);
        Assert.Equal(
            [$"push -q {Ecr}/fib/multi-worker:v2"],
            DockerCalls.Split('\n').Where(call => call.StartsWith("push", StringComparison.Ordinal)));
        Assert.Contains($"login -u AWS --password-stdin {Ecr}\nstdin: ecr-password\n", DockerCalls, StringComparison.Ordinal);
        Assert.Equal(
            ["client", "nginx", "server", "worker"],
            File.ReadAllLines(Script.PathOf("digests")).Select(line => line.Split('=')[0]).Order());
        Assert.Contains("\"repositoryName\": \"fib/multi-client\"", Aws.Calls[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ecr_TagWithASlash_IsRejected()
    {
        (Script.Settings["ECR_REGISTRY"], Script.Settings["IMAGE_TAG"]) = ($"{Ecr}/fib", "refs/tags/a/v1");

        var (exitCode, output) = await Script.RunAsync("ecr.sh");

        Assert.Equal(2, exitCode);
        Assert.StartsWith("ecr.sh: IMAGE_TAG is 'a/v1': it may have at most", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ecr_RegistryOfAnotherRegion_IsRejected()
    {
        Script.Settings["ECR_REGISTRY"] = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";

        var (exitCode, output) = await Script.RunAsync("ecr.sh");

        Assert.Equal(2, exitCode);
        Assert.Contains("it must be of the form 123456789012.dkr.ecr.us-east-1.amazonaws.com/fib.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_InvalidDigests_ReportsTheLine()
    {
        File.WriteAllText(Script.PathOf("digests"), "server=latest\n");

        var fib = Path.Combine(Repository.Root, "fib");
        var result = await new Command(fib, "publish", "--digests", Script.PathOf("digests")).TryRunAsync();

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("has the line 'server=latest'", result.Text, StringComparison.Ordinal);
    }

    private void UseDockerHub()
    {
        (Script.Settings["DOCKER_ID"], Script.Settings["DOCKER_PASSWORD"]) = ("me", "docker-password");
        (Script.Settings["IMAGE_TAG"], Script.Settings["IMAGE_DIGESTS"]) = ("abc", Script.PathOf("out/digests"));
        Script.Settings["IMAGE_BUNDLE"] = Script.ImageList("me", "abc");
    }

    private static AwsReply Image(char digit) =>
        new($$$"""{"images":[{"imageId":{"imageDigest":"sha256:{{{new string(digit, 64)}}}"}}],"failures":[]}""");

    private void Docker(bool onOfflineBase = false, string architecture = "amd64") => Script.Docker(Digest, onOfflineBase, architecture);
}
