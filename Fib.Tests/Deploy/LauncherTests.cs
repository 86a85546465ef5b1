using Fib.LocalSystem.Processes;
using Fib.Tests.Rehearsals;
using Fib.Tests.Support;

namespace Fib.Tests.Deploy;

/// <summary>./fib itself: the verbs that need no running system.</summary>
[Collection(nameof(Alone))]
public sealed class LauncherTests
{
    [Fact]
    public async Task Help_DescribesEveryVerb()
    {
        var verbs = Directory.EnumerateFiles(Path.Combine(Repository.Root, "scripts"), "*.sh")
            .Where(file => File.ReadAllText(file).Contains($"\nrun_{Path.GetFileNameWithoutExtension(file)}() {{", StringComparison.Ordinal))
            .Select(file => Path.GetFileNameWithoutExtension(file)).ToList();

        var (exitCode, help) = await FibAsync("help");

        Assert.Equal(0, exitCode);
        Assert.Equal(verbs.Order(), help.Split('\n').Where(line => line.StartsWith("./fib ", StringComparison.Ordinal)).Select(line => line.Split(' ')[1]).Distinct().Order());
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("up", "--port")]
    [InlineData("test", "--slow")]
    [InlineData("publish", "--everything")]
    [InlineData("images", "--offline-stores", "--push")]
    [InlineData("rehearse", "--online")]
    [InlineData("screenshots", "--all")]
    [InlineData("bench", "nothing")]
    public async Task UnknownArguments_AreOneLineAndExitCode2(params string[] arguments)
    {
        var (exitCode, output) = await FibAsync(arguments);

        Assert.Equal(2, exitCode);
        Assert.Matches("^fib: [^\n]+ Try ./fib help.\n$", output);
    }

    [Fact]
    public async Task Publish_FailedStep_SaysWhyAndShowsNoStackTrace()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"fib-published-{Guid.NewGuid():N}");

        var (exitCode, output) = await FibAsync("publish", "--output", folder, "--tag", "latest");

        Assert.Equal(1, exitCode);
        Assert.Contains("'latest' must say which version it is", output, StringComparison.Ordinal);
        Assert.EndsWith("fib: nothing was published\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
    }

    /// <summary>The exit code, and both outputs: only one of them is expected in each case but the last.</summary>
    private static async Task<(int ExitCode, string Output)> FibAsync(params string[] arguments)
    {
        var ended = await new Command(Path.Combine(Repository.Root, "fib"), arguments).TryRunAsync(TestContext.Current.CancellationToken);
        return (ended.ExitCode, ended.Text);
    }
}
