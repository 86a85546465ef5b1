using System.IO.Compression;
using Fib.LocalSystem.Processes;
using Fib.LocalSystem.Services;

namespace Fib.Tests.Publishing.Rehearsal;

/// <summary>The program behind <c>./fib rehearse</c>.</summary>
public sealed class RehearsalProgramTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("fib-tests-");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--properties", "the option '--properties' is unknown or lacks its value")]
    [InlineData("/absent.zip", "the file '/absent.zip' does not exist")]
    public async Task Run_InvalidArgument_WritesOneLine(string argument, string message) =>
        Assert.Equal(new CommandResult(2, "", $"fib: {message}\n"), await RunAsync([], argument));

    [Fact]
    public async Task Run_FileIsNoZip_WritesOneLine()
    {
        var file = Path.Combine(_folder.Path, "bundle.zip");
        await File.WriteAllTextAsync(file, "no zip");
        AssertOneLine(await RunAsync([], "--missing-images", file), "fib: ");
    }

    /// <summary>A failure that the program does not expect: its stack trace appears only on demand.</summary>
    [Fact]
    public async Task Run_UnexpectedFailure_WritesOneLine()
    {
        var file = Path.Combine(_folder.Path, "bundle.zip");
        await using (var zip = await ZipFile.OpenAsync(file, ZipArchiveMode.Create))
        await using (var compose = new StreamWriter(await zip.CreateEntry("docker-compose.yml").OpenAsync()))
            await compose.WriteAsync("services: [");

        AssertOneLine(await RunAsync([], "--missing-images", file), "fib: SemanticErrorException: ");
        var traced = await RunAsync(new() { ["FIB_TRACE"] = "1" }, "--missing-images", file);
        Assert.Contains("   at Fib.Rehearsal.", traced.Error, StringComparison.Ordinal);
    }

    private static void AssertOneLine(CommandResult result, string start)
    {
        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.StartsWith(start, Assert.Single(result.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    private static Task<CommandResult> RunAsync(Dictionary<string, string?> variables, params string[] arguments) =>
        new Command("dotnet", [BuiltProgram.Find("Fib.Rehearsal"), .. arguments]) { Environment = variables }.TryRunAsync();
}
