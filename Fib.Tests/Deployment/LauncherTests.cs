using Fib.LocalSystem.Processes;
using Fib.Tests.Support;

namespace Fib.Tests.Deployment;

/// <summary>./fib: its help, its argument errors, and a failed publish.</summary>
public sealed class LauncherTests
{
    [Fact]
    public async Task Help_DescribesEveryCommand()
    {
        var scripts = Directory.EnumerateFiles(Path.Combine(Repository.Root, "scripts"), "*.sh").ToDictionary(
            file => Path.GetFileNameWithoutExtension(file), File.ReadAllText);
        var commands = scripts.Where(script => script.Value.Contains($"\nrun_{script.Key}() {{", StringComparison.Ordinal))
            .Select(script => script.Key);

        var help = await FibAsync("help");

        Assert.Equal(0, help.ExitCode);
        var described = help.Output.Split('\n').Where(line => line.StartsWith("./fib ", StringComparison.Ordinal));
        Assert.Equal(commands.Order(), described.Select(line => line.Split(' ')[1]).Distinct().Order());
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public async Task HelpOfACommand_DescribesOnlyThatCommand(string option)
    {
        var help = await FibAsync("images", option);

        Assert.Equal(0, help.ExitCode);
        var described = help.Output.Split('\n').Where(line => line.StartsWith("./fib ", StringComparison.Ordinal));
        Assert.Equal(["images", "images"], described.Select(line => line.Split(' ')[1]));
        Assert.Contains("\n    --offline ", help.Output, StringComparison.Ordinal);
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
    public async Task UnknownArgument_PrintsOneLineAndExitCode2(params string[] arguments)
    {
        var result = await FibAsync(arguments);

        Assert.Equal(2, result.ExitCode);
        Assert.Matches("^fib: [^\n]+ Try ./fib help.\n$", result.Text);
    }

    [Fact]
    public async Task Publish_FailedStep_ReportsTheReasonWithoutAStackTrace()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"fib-published-{Guid.NewGuid():N}");

        var result = await FibAsync("publish", "--output", folder, "--tag", "latest");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("'latest' must be a version", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("fib: nothing was published\n", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Text, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
    }

    private static Task<CommandResult> FibAsync(params string[] arguments) =>
        new Command(Path.Combine(Repository.Root, "fib"), arguments).TryRunAsync(TestContext.Current.CancellationToken);
}
