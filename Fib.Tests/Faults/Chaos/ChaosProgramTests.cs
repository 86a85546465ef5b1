using System.Diagnostics;
using Fib.LocalSystem.Processes;
using Fib.LocalSystem.Services;
using Fib.Tests.Support;

namespace Fib.Tests.Faults.Chaos;

[Trait(Category.Name, Category.System)]
public sealed class ChaosProgramTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("fib-tests-");
    private Process? _chaos;

    public void Dispose()
    {
        _chaos?.Kill();
        _chaos?.Dispose();
        _folder.Dispose();
    }

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
        var chaos = await StartAsync();
        chaos.Kill();
        await chaos.WaitForExitAsync();
        await NothingRemainsAsync();
    }

    /// <summary>The submissions under way, which are retried until the database serves again, do not delay the end.</summary>
    [Fact]
    public async Task Terminated_WhileTheDatabaseIsStopped_Ends()
    {
        var chaos = await StartAsync();
        Assert.Contains("killed", await chaos.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);
        Signals.Send(chaos.Id, Signals.Terminate);
        await Eventually.HoldsAsync("the program has ended", _ => Task.FromResult(chaos.HasExited));
        Assert.Equal(130, chaos.ExitCode);
        Assert.Equal(
            "fib: interrupted; every process and container that it started has ended.\n", await chaos.StandardError.ReadToEndAsync());
        await NothingRemainsAsync();
    }

    /// <summary>The watchdog of the program ends shortly after it.</summary>
    private Task NothingRemainsAsync() => Eventually.HoldsAsync("no process and no file remains", _ => Task.FromResult(
        ProcessTree.UsersOf(_folder.Path).Count == 0 && Directory.GetDirectories(_folder.Path).Length == 0));

    /// <summary>Starts a run and waits until it injects its first fault: with this seed the database is stopped for several seconds.</summary>
    private async Task<Process> StartAsync()
    {
        var command = new Command("dotnet", BuiltProgram.Find("Fib.Chaos"), "--seed", "1")
        {
            Environment = new Dictionary<string, string?> { ["TMPDIR"] = _folder.Path },
        };
        _chaos = command.Start();
        await _chaos.StandardOutput.ReadLineAsync();
        Assert.Contains("postgres  stopped, for ", await _chaos.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);
        Assert.NotEmpty(ProcessTree.UsersOf(_folder.Path));
        return _chaos;
    }
}
