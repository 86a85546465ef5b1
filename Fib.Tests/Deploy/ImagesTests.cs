using Fib.LocalSystem.Processes;
using Fib.Tests.Support;

namespace Fib.Tests.Deploy;

/// <summary>deploy/push-images.sh and deploy/ecr.sh, with a <c>docker</c> that writes down what it is told.</summary>
public sealed class ImagesTests : DeployTests
{
    private const string Ecr = "123456789012.dkr.ecr.us-east-1.amazonaws.com";
    private static readonly string Digest = $"sha256:{new string('b', 64)}";

    private string DockerCalls => File.ReadAllText(Script.PathOf("docker.log"));

    [Fact]
    public async Task PushImages_FourImages_PushesEachOnceAndWritesTheirDigests()
    {
        Docker();
        Hub();

        var (exitCode, output) = await Script.RunAsync("push-images.sh");

        Assert.True(exitCode == 0, output);
        Assert.Equal(
            ["client", "server", "worker", "nginx"],
            DockerCalls.Split('\n').Where(call => call.StartsWith("push ", StringComparison.Ordinal)).Select(call => call["push -q me/multi-".Length..^":abc".Length]));
        Assert.Equal($"client={Digest}\nserver={Digest}\nworker={Digest}\nnginx={Digest}\n", File.ReadAllText(Script.Settings["IMAGE_DIGESTS"]));
        Assert.Contains("login -u me --password-stdin\nstdin: docker-password\n", DockerCalls, StringComparison.Ordinal);
        Assert.DoesNotContain("docker-password", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(DockerCalls.Split('\n')[0]["config: ".Length..]));
        Assert.DoesNotContain("latest", DockerCalls, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PushImages_OfflineBase_PushesNothing()
    {
        Docker(onOfflineBase: true);
        Hub();

        var (exitCode, output) = await Script.RunAsync("push-images.sh");

        Assert.Equal(1, exitCode);
        Assert.Contains("me/multi-client:abc is built on an offline base and is not pushed.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("push", DockerCalls, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PushImages_BuiltForAnotherArchitecture_PushesNothing()
    {
        Docker(architecture: "arm64");
        Hub();

        var (exitCode, output) = await Script.RunAsync("push-images.sh");

        Assert.Equal(1, exitCode);
        Assert.Contains("me/multi-client:abc is built for arm64 and the bundle for amd64: nothing is pushed.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("push", DockerCalls, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PushImages_BundleOfAnotherTag_IsRefusedBeforeTheLogin()
    {
        Docker();
        Hub();
        Script.Settings["IMAGE_TAG"] = "def";

        var (exitCode, output) = await Script.RunAsync("push-images.sh");

        Assert.Equal((2, $"push-images.sh: {Script.Settings["IMAGE_BUNDLE"]} is of the tag abc, not def: publish it anew.\n"), (exitCode, output));
        Assert.False(File.Exists(Script.PathOf("docker.log")));
    }

    [Theory]
    [InlineData("DOCKER_PASSWORD", "$(DOCKER_PASSWORD)", "please set DOCKER_PASSWORD:")]
    [InlineData("IMAGE_TAG", "latest", "IMAGE_TAG is latest")]
    public async Task PushImages_WrongSetting_IsNamedBeforeTheLogin(string name, string value, string reason)
    {
        Docker();
        Hub();
        Script.Settings[name] = value;

        var (exitCode, output) = await Script.RunAsync("push-images.sh");

        Assert.Equal(2, exitCode);
        Assert.Contains(reason, output, StringComparison.Ordinal);
        Assert.False(File.Exists(Script.PathOf("docker.log")));
    }

    [Fact]
    public async Task Ecr_SomeImagesThereAlready_PushesTheOthersOnly()
    {
        Docker();
        Aws.Answer("BatchGetImage", Image("a"), Image("a"), new AwsReply("""{"images":[],"failures":[]}"""), Image("a"));
        Aws.Answer("GetAuthorizationToken", new AwsReply("""{"authorizationData":[{"authorizationToken":"QVdTOmVjci1wYXNzd29yZA==","proxyEndpoint":"https://x"}]}"""));
        (Script.Settings["ECR_REGISTRY"], Script.Settings["IMAGE_TAG"], Script.Settings["IMAGE_DIGESTS"]) = ($"{Ecr}/fib", "v2", Script.PathOf("digests"));
        Script.Settings["IMAGE_BUNDLE"] = Script.ImageList($"{Ecr}/fib", "v2");

        var (exitCode, output) = await RunAsync("ecr.sh");

        Assert.True(exitCode == 0, output);
        Assert.Equal([$"push -q {Ecr}/fib/multi-worker:v2"], DockerCalls.Split('\n').Where(call => call.StartsWith("push", StringComparison.Ordinal)));
        Assert.Contains($"login -u AWS --password-stdin {Ecr}\nstdin: ecr-password\n", DockerCalls, StringComparison.Ordinal);
        Assert.Equal(["client", "nginx", "server", "worker"], File.ReadAllLines(Script.PathOf("digests")).Select(line => line.Split('=')[0]).Order());
        Assert.Contains("\"repositoryName\": \"fib/multi-client\"", Aws.Calls[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ecr_RegistryOfAnotherRegion_IsRefused()
    {
        Script.Settings["ECR_REGISTRY"] = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";

        var (exitCode, output) = await Script.RunAsync("ecr.sh");

        Assert.Equal(2, exitCode);
        Assert.Contains("it must be such as 123456789012.dkr.ecr.us-east-1.amazonaws.com/fib.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_WrongDigests_SaysWhichLine()
    {
        File.WriteAllText(Script.PathOf("digests"), "server=latest\n");

        var ended = await new Command(Path.Combine(Repository.Root, "fib"), "publish", "--digests", Script.PathOf("digests")).TryRunAsync();

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("has the line 'server=latest'", ended.Text, StringComparison.Ordinal);
    }

    private void Hub()
    {
        (Script.Settings["DOCKER_ID"], Script.Settings["DOCKER_PASSWORD"], Script.Settings["IMAGE_TAG"], Script.Settings["IMAGE_DIGESTS"]) = ("me", "docker-password", "abc", Script.PathOf("out/digests"));
        Script.Settings["IMAGE_BUNDLE"] = Script.ImageList("me", "abc");
    }

    private static AwsReply Image(string digit) => new($$$"""{"images":[{"imageId":{"imageDigest":"sha256:{{{string.Concat(Enumerable.Repeat(digit, 64))}}}"}}],"failures":[]}""");

    private void Docker(bool onOfflineBase = false, string architecture = "amd64") => Script.Docker(Digest, onOfflineBase, architecture);
}
