using Fib.LocalSystem.Processes;
using Fib.LocalSystem.Services;
using Fib.Tests.Support;

namespace Fib.Tests.Unit.Term;

/// <summary>The program behind <c>./fib term</c>.</summary>
public sealed class TermProgramTests
{
    [Theory]
    [InlineData("0", "0\n")]
    [InlineData("7", "13\n")]
    [InlineData("0010", "55\n")]
    public async Task Run_ValidIndex_PrintsItsDigitsAndANewline(string index, string expected) =>
        Assert.Equal(new CommandResult(0, expected, ""), await RunAsync(index));

    [Fact]
    public async Task Run_Stats_WritesThemToStandardError()
    {
        var (exitCode, output, error) = await RunAsync("1000", "--stats");

        Assert.Equal((0, Fibonacci.Term(1000) + "\n"), (exitCode, output));
        Assert.StartsWith("209 digits, ", error, StringComparison.Ordinal);
        Assert.Contains(" kernels, threads: 1", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("7.5")]
    [InlineData("seven")]
    [InlineData("")]
    [InlineData("1000000001")]
    [InlineData("99999999999")]
    public async Task Run_InvalidIndex_WritesOneLineAndExitsWith2(string invalid)
    {
        var (exitCode, output, error) = await RunAsync(invalid);

        Assert.Equal((2, ""), (exitCode, output));
        Assert.Equal(1, error.Count(letter => letter == '\n'));
        Assert.Contains("one whole number from 0 to 1000000000", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NoIndex_ExitsWith2() => Assert.Equal(2, (await RunAsync()).ExitCode);

    [Fact]
    public async Task Run_FullDisk_WritesOneLineAndExitsWith1()
    {
        var (exitCode, _, error) = await RunInShellAsync("exec dotnet \"$0\" 1000 > /dev/full");

        Assert.Equal(1, exitCode);
        Assert.Matches("^fib: the digits could not be written: .+\n$", error);
    }

    /// <summary>With the background collector: without it, .NET 10 crashes when an array exceeds a hard limit of the heap.</summary>
    [Fact]
    public async Task Run_TooLittleMemory_SaysHowMuchTheTermNeeds()
    {
        var (exitCode, output, error) =
            await RunInShellAsync("DOTNET_gcConcurrent=1 DOTNET_GCHeapHardLimit=2000000 exec dotnet \"$0\" 300000000");

        Assert.Equal((1, ""), (exitCode, output));
        Assert.Matches(@"^fib: F\(300000000\) needs \d+ MiB of memory", error);
        Assert.Equal(1, error.Count(letter => letter == '\n'));
    }

    private static Task<CommandResult> RunAsync(params string[] arguments) =>
        new Command("dotnet", [BuiltProgram.Find("Fib.Term"), .. arguments]).TryRunAsync();

    /// <summary>Runs a script whose <c>$0</c> is the program.</summary>
    private static Task<CommandResult> RunInShellAsync(string script) =>
        new Command("bash", ["-c", script, BuiltProgram.Find("Fib.Term")]).TryRunAsync();
}
