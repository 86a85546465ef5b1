using Fib.LocalSystem.Processes;
using Fib.Tests.Rehearsals;
using Fib.Tests.Support;

namespace Fib.Tests.Deploy;

/// <summary>./fib itself: the verbs that need no running system.</summary>
[Collection(nameof(SequentialTests))]
public sealed class LauncherTests
{
    [Fact]
    public async Task Help_DescribesEveryVerb()
    {
        var verbs = Directory.EnumerateFiles(Path.Combine(Repository.Root, "scripts"), "*.sh")
            .Where(file => File.ReadAllText(file).Contains($"\nrun_{Path.GetFileNameWithoutExtension(file)}() {{", StringComparison.Ordinal))
            .Select(file => Path.GetFileNameWithoutExtension(file)).ToList();

        var help = await FibAsync("help");

        Assert.Equal(0, help.ExitCode);
        Assert.Equal(verbs.Order(), help.Output.Split('\n').Where(line => line.StartsWith("./fib ", StringComparison.Ordinal)).Select(line => line.Split(' ')[1]).Distinct().Order());
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
        var ended = await FibAsync(arguments);

        Assert.Equal(2, ended.ExitCode);
        Assert.Matches("^fib: [^\n]+ Try ./fib help.\n$", ended.Text);
    }

    [Fact]
    public async Task Publish_FailedStep_SaysWhyAndShowsNoStackTrace()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"fib-published-{Guid.NewGuid():N}");

        var ended = await FibAsync("publish", "--output", folder, "--tag", "latest");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("'latest' must say which version it is", ended.Output, StringComparison.Ordinal);
        Assert.EndsWith("fib: nothing was published\n", ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Text, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
    }

    private static Task<CommandResult> FibAsync(params string[] arguments) => new Command(Path.Combine(Repository.Root, "fib"), arguments).TryRunAsync(TestContext.Current.CancellationToken);
}
