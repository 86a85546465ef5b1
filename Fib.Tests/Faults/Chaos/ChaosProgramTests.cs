using Fib.LocalSystem.Processes;
using Fib.LocalSystem.Services;
using Fib.Tests.Support;

namespace Fib.Tests.Faults.Chaos;

[Trait(Category.Name, Category.System)]
public sealed class ChaosProgramTests
{
    [Fact]
    public async Task Run_InvalidArgument_WritesOneLine()
    {
        var result = await new Command("dotnet", BuiltProgram.Find("Fib.Chaos"), "--seconds", "forever").TryRunAsync();
        Assert.Equal(new CommandResult(2, "", "fib: --seconds is 'forever': it must be a whole number from 5 to 86400.\n"), result);
    }

    /// <summary>No process and no file of the system remains, although the killed program could not clean up.</summary>
    [Fact]
    public async Task Killed_RemovesItsProcessesAndFiles()
    {
        using var folder = new TemporaryFolder("fib-tests-");
        var command = new Command("dotnet", BuiltProgram.Find("Fib.Chaos"), "--seed", "1")
        {
            Environment = new Dictionary<string, string?> { ["TMPDIR"] = folder.Path },
        };
        using var chaos = command.Start();
        await chaos.StandardOutput.ReadLineAsync();
        // The line of the first fault: every process runs.
        Assert.Contains(", for ", await chaos.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);
        Assert.NotEmpty(ProcessTree.UsersOf(folder.Path));

        chaos.Kill();
        await chaos.WaitForExitAsync();
        await Eventually.HoldsAsync("no process and no file remains", _ =>
            Task.FromResult(ProcessTree.UsersOf(folder.Path).Count == 0 && Directory.GetDirectories(folder.Path).Length == 0));
    }
}
