using System.Diagnostics;
using Fib.LocalSystem.Services;
using Fib.Tests.Support;

namespace Fib.Tests.Term;

/// <summary>The program behind <c>./fib term</c>.</summary>
public sealed class TermProgramTests
{
    [Theory]
    [InlineData("0", "0\n")]
    [InlineData("7", "13\n")]
    [InlineData("0010", "55\n")]
    public async Task AnIndex_PrintsItsDigitsAndANewline(string index, string expected) =>
        Assert.Equal((0, expected, ""), await RunAsync(index));

    [Fact]
    public async Task Stats_GoToStandardError()
    {
        var (exit, output, error) = await RunAsync("1000", "--stats");

        Assert.Equal((0, Fibonacci.Term(1000) + "\n"), (exit, output));
        Assert.StartsWith("209 digits, ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("7.5")]
    [InlineData("seven")]
    [InlineData("")]
    [InlineData("100000001")]
    public async Task AnythingElse_IsOneLineAndExitCode2(string wrong)
    {
        var (exit, output, error) = await RunAsync(wrong);

        Assert.Equal((2, ""), (exit, output));
        Assert.Equal(1, error.Count(letter => letter == '\n'));
        Assert.Contains("one whole number from 0 to 100000000", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoIndex_IsOneLineAndExitCode2() => Assert.Equal(2, (await RunAsync()).Exit);

    private static async Task<(int Exit, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [BuiltProgram.Find("Fib.Term"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var program = Process.Start(start)!;
        var output = program.StandardOutput.ReadToEndAsync();
        var error = await program.StandardError.ReadToEndAsync();
        await program.WaitForExitAsync();
        return (program.ExitCode, await output, error);
    }
}
