using System.Diagnostics;

namespace Aspire.Hosting.Orchestration;

/// <summary>
/// A process in a session of its own, so that Ctrl-C reaches only the host, which stops it in order; when the host dies, the kernel
/// (parent-death signal) and the watchdog (its whole group) end it.
/// </summary>
internal sealed class ChildProcess
{
    private static readonly TimeSpan LastLines = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly int _stopSignal;

    private ChildProcess(Process process, int stopSignal, Action<string, bool> write)
    {
        (_process, _stopSignal, Id) = (process, stopSignal, process.Id);
        Watchdog.AddGroup(Id, stopSignal);
        Ended = EndAsync(Task.WhenAll(CopyAsync(process.StandardOutput, false, write), CopyAsync(process.StandardError, true, write)));
    }

    /// <summary>The process's id, and its group's.</summary>
    public int Id { get; }

    /// <summary>The exit code, once it has ended and all it wrote was read; 128 and the signal's number for a signal.</summary>
    public Task<int> Ended { get; }

    public static async Task<ChildProcess> StartAsync(ProcessSpec spec, Action<string, bool> write)
    {
        var start = new ProcessStartInfo(Commands.Require("setsid"), [Commands.Require("setpriv"), .. Privileges(spec), Commands.Require(spec.Command), .. spec.Arguments])
        {
            WorkingDirectory = spec.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in spec.Environment)
            start.Environment[name] = value;
        var process = await SpawnThread.RunAsync(() => Process.Start(start)!);
        process.StandardInput.Close();
        return new(process, spec.StopSignal, write);
    }

    /// <summary>Asks it to end, and ends it when it has not within the grace.</summary>
    public async Task StopAsync(TimeSpan grace)
    {
        Signals.Send(Id, _stopSignal);
        if (await Task.WhenAny(Ended, Task.Delay(grace)) != Ended)
            Signals.SendToGroup(Id, Signals.Kill);
        await Ended;
    }

    private static IEnumerable<string> Privileges(ProcessSpec spec) =>
        [.. spec.User is null ? (string[])[] : ["--reuid", spec.User, "--regid", Users.GroupOf(spec.User), "--clear-groups"], "--pdeathsig", Signals.Name(spec.StopSignal), "--"];

    private static async Task CopyAsync(StreamReader from, bool isError, Action<string, bool> write)
    {
        while (await from.ReadLineAsync() is { } line)
            write(line, isError);
    }

    private async Task<int> EndAsync(Task output)
    {
        await _process.WaitForExitAsync();
        // Whatever it left behind in its group ends with it, and so do the pipes.
        Signals.SendToGroup(Id, Signals.Kill);
        Watchdog.RemoveGroup(Id, _stopSignal);
        await Task.WhenAny(output, Task.Delay(LastLines));
        return _process.ExitCode;
    }
}
