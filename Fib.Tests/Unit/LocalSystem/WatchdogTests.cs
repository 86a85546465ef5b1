using System.Diagnostics;
using Fib.LocalSystem.Processes;

namespace Fib.Tests.Unit.LocalSystem;

public sealed class WatchdogTests
{
    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public async Task InputEnds_KillsARegisteredProcessButNoLaterOneWithItsId(long startsLater, bool survives)
    {
        using var process = Process.Start("sleep", "600");
        using var watchdog = Process.Start(
            new ProcessStartInfo("/bin/sh", ["-c", Watchdog.Script]) { RedirectStandardInput = true })!;
        await watchdog.StandardInput.WriteLineAsync($"+process {process.Id}:{ProcessTree.ReadStart(process.Id) - startsLater}");
        watchdog.StandardInput.Close();
        await watchdog.WaitForExitAsync();
        Assert.Equal(survives, ProcessTree.IsRunning(process.Id));
        process.Kill();
    }

    [Fact]
    public async Task InputEnds_RemovesRegisteredFoldersOnly()
    {
        using var parent = new TemporaryFolder("fib watchdog-");
        var (first, second, other) = (Create("a folder"), Create("b"), Create("a"));
        using var watchdog = Process.Start(
            new ProcessStartInfo("/bin/sh", ["-c", Watchdog.Script]) { RedirectStandardInput = true, WorkingDirectory = parent.Path })!;
        await watchdog.StandardInput.WriteLineAsync($"+folder {first}\n+folder {second}");
        watchdog.StandardInput.Close();
        await watchdog.WaitForExitAsync();
        Assert.Equal([other], Directory.GetDirectories(parent.Path));

        string Create(string name) => Directory.CreateDirectory(Path.Combine(parent.Path, name)).FullName;
    }
}
