using System.Runtime.InteropServices;
using Fib.Hosting.ElasticBeanstalk;

namespace Fib.Tests.Deployment;

/// <summary>./fib images, with a fake <c>docker</c> and a fake <c>dotnet</c> that record their arguments.</summary>
public sealed class FibImagesTests : IDisposable
{
    private readonly DeployScript _script = new();

    public FibImagesTests()
    {
        _script.DotNet();
        foreach (var linker in (string[])["gcc", "clang", "x86_64-linux-gnu-gcc", "aarch64-linux-gnu-gcc"])
            _script.Program(linker, "");
    }

    private string DockerCalls => File.ReadAllText(_script.PathOf("docker.log"));

    private string DotNetCalls => File.ReadAllText(_script.PathOf("dotnet.log"));

    public void Dispose() => _script.Dispose();

    [Theory]
    [InlineData(ElasticBeanstalkArchitecture.X64, "amd64", "linux-x64")]
    [InlineData(ElasticBeanstalkArchitecture.Arm64, "arm64", "linux-arm64")]
    public async Task Images_OfBundle_AreBuiltAndPushedForItsArchitecture(
        ElasticBeanstalkArchitecture architecture, string platform, string runtime)
    {
        Docker(platform);

        var (exitCode, output) = await RunAsync("--bundle", _script.ImageList("me", "abc", architecture), "--tag", "abc", "--push");

        Assert.True(exitCode == 0, output);
        var builds = DockerCalls.Split('\n').Where(call => call.StartsWith("build ", StringComparison.Ordinal)).ToList();
        Assert.Equal(4, builds.Count);
        Assert.All(builds, build => Assert.Contains($"--platform linux/{platform} ", build, StringComparison.Ordinal));
        var published = DotNetCalls.Split('\n').Where(call => call.StartsWith("publish ", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, published.Count);
        Assert.All(published, call => Assert.Contains($" -r {runtime} ", call, StringComparison.Ordinal));
        Assert.Equal(4, DockerCalls.Split("push -q me/multi-").Length - 1);
    }

    [Fact]
    public async Task Images_BundleWithTheGateway_AreThoseOfTheBundle()
    {
        Docker("amd64");

        var (exitCode, output) = await RunAsync("--bundle", _script.ImageList("me", "abc", router: "gateway"));

        Assert.True(exitCode == 0, output);
        Assert.Matches("publish .*/Fib.Gateway -c Release .* -p:CppCompilerAndLinker=", DotNetCalls);
        Assert.Contains(" -t me/multi-gateway:abc ", DockerCalls, StringComparison.Ordinal);
        Assert.DoesNotContain("nginx", DockerCalls, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ElasticBeanstalkArchitecture.X64, Architecture.X64, "x86_64-linux-gnu-")]
    [InlineData(ElasticBeanstalkArchitecture.Arm64, Architecture.Arm64, "aarch64-linux-gnu-")]
    public async Task Images_NativeProgram_IsLinkedForTheArchitectureOfTheBundle(
        ElasticBeanstalkArchitecture architecture, Architecture machine, string prefix)
    {
        Docker(machine == Architecture.X64 ? "amd64" : "arm64");

        var (exitCode, output) = await RunAsync("--bundle", _script.ImageList("me", "abc", architecture));

        Assert.True(exitCode == 0, output);
        var (linker, objcopy) = RuntimeInformation.OSArchitecture == machine ? ("gcc", "objcopy") : ("clang", $"{prefix}objcopy");
        var native = Assert.Single(DotNetCalls.Split('\n'), call => call.Contains("CppCompilerAndLinker", StringComparison.Ordinal));
        Assert.Matches($"publish .*/Fib.Api -c Release .* -p:CppCompilerAndLinker={linker} -p:ObjCopyName={objcopy} ", native);
    }

    [Fact]
    public async Task Images_BuiltForAnotherArchitecture_AreNotPushed()
    {
        Docker("amd64");

        var (exitCode, output) = await RunAsync("--bundle", _script.ImageList("me", "abc", ElasticBeanstalkArchitecture.Arm64), "--push");

        Assert.Equal(1, exitCode);
        Assert.Contains(
            "images: me/multi-client:abc is built for amd64, the bundle is for arm64: nothing is pushed.",
            output, StringComparison.Ordinal);
        Assert.DoesNotContain("push", DockerCalls, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--tag", "def", "has the tag abc, not def: publish it again.")]
    [InlineData("--registry", "you", "has the registry 'me', not 'you': publish it again.")]
    public async Task Images_OptionsOfAnotherBundle_AreRejected(string option, string value, string reason)
    {
        Docker("amd64");

        var (exitCode, output) = await RunAsync("--bundle", _script.ImageList("me", "abc"), option, value);

        Assert.Equal(2, exitCode);
        Assert.Contains(reason, output, StringComparison.Ordinal);
        Assert.False(File.Exists(_script.PathOf("docker.log")));
    }

    /// <summary>The fake publisher writes nothing, so artifacts/beanstalk has an older bundle or none.</summary>
    [Fact]
    public async Task Images_WithoutBundle_PublishesAndNeverUsesAnOlderBundle()
    {
        Docker("amd64");

        var (exitCode, output) = await RunAsync("--registry", "me", "--tag", "tag-of-no-bundle");

        Assert.Equal(2, exitCode);
        Assert.Matches("aspire publish .* --beanstalk:Tag tag-of-no-bundle\n", DotNetCalls);
        Assert.Matches("not tag-of-no-bundle: publish it again|has no images.json", output);
        Assert.False(File.Exists(_script.PathOf("docker.log")));
    }

    private void Docker(string architecture) =>
        _script.Docker($"sha256:{new string('b', 64)}", onOfflineBase: false, architecture);

    private Task<(int ExitCode, string Output)> RunAsync(params string[] arguments) =>
        _script.RunAsync("../fib", ["images", .. arguments]);
}
