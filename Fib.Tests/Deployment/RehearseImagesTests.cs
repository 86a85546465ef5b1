using Fib.Tests.Support;

namespace Fib.Tests.Deployment;

/// <summary>What ./fib rehearse says of images that the engine already has; with fake <c>docker</c>, <c>git</c> and <c>dotnet</c>.</summary>
[Trait(Category.Name, Category.Containers)]
public sealed class RehearseImagesTests : IDisposable
{
    private readonly DeployScript _script = new();

    public void Dispose() => _script.Dispose();

    [Theory]
    [InlineData("1111", "2222")]
    [InlineData("2222", "2222-dirty")]
    [InlineData("2222-dirty", "2222-dirty")]
    public async Task Rehearse_ImagesOfOtherFiles_SaysThatTheyAreOlder(string built, string current)
    {
        var bundle = _script.ImageList("me", "abc");

        var output = await RehearseAsync(bundle, built, current);

        Assert.Contains(
            $"fib: me/multi-client:abc was built from {built}, the checkout is at {current}; " +
            $"./fib images --bundle {bundle} builds it again\n",
            output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rehearse_ImagesOfThisCommit_SaysNothing() =>
        Assert.DoesNotContain(
            " was built from ", await RehearseAsync(_script.ImageList("me", "abc"), "2222", "2222"), StringComparison.Ordinal);

    private async Task<string> RehearseAsync(string bundle, string built, string current)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "a rehearsal needs root");
        File.WriteAllText(Path.Combine(bundle, "fib-abc.zip"), "");
        _script.DotNet();
        _script.Program("docker", $"""[[ "$*" != *image.revision* ]] || echo {built}""");
        _script.Program("git", $"""[[ "$*" != *describe* ]] || echo {current}""");

        var (exitCode, output) = await _script.RunAsync("../fib", "rehearse", Path.Combine(bundle, "fib-abc.zip"));

        Assert.True(exitCode == 0, output);
        Assert.Contains(Path.Combine(bundle, "fib-abc.zip"), File.ReadAllText(_script.PathOf("dotnet.log")), StringComparison.Ordinal);
        return output;
    }
}
