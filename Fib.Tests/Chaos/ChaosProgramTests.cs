using Fib.LocalSystem.Processes;
using Fib.LocalSystem.Services;
using Fib.Tests.Support;

namespace Fib.Tests.Chaos;

[Trait(Category.Name, Category.System)]
public sealed class ChaosProgramTests
{
    [Fact]
    public async Task Run_WrongArgument_OneLine()
    {
        var ended = await new Command("dotnet", BuiltProgram.Find("Fib.Chaos"), "--seconds", "forever").TryRunAsync();
        Assert.Equal(new CommandResult(2, "", "fib: --seconds is 'forever': it must be a whole number from 5 to 86400.\n"), ended);
    }

    /// <summary>Neither processes nor files, also where nobody could clean up.</summary>
    [Fact]
    public async Task Killed_NothingOfItsSystemIsLeft()
    {
        using var folder = new TemporaryFolder("fib-tests-");
        var command = new Command("dotnet", BuiltProgram.Find("Fib.Chaos"), "--seed", "1") { Environment = new Dictionary<string, string?> { ["TMPDIR"] = folder.Path } };
        using var chaos = command.Start();
        await chaos.StandardOutput.ReadLineAsync();
        // The first outage: everything runs.
        Assert.Contains(", for ", await chaos.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);
        Assert.NotEmpty(ProcessTree.UsersOf(folder.Path));

        chaos.Kill();
        await chaos.WaitForExitAsync();
        await Eventually.HoldsAsync("nothing is left", _ => Task.FromResult(ProcessTree.UsersOf(folder.Path).Count == 0 && Directory.GetDirectories(folder.Path).Length == 0));
    }
}
