using System.Diagnostics;

namespace Aspire.Hosting.Orchestration;

/// <summary>
/// A shell that outlives this process by a moment: when its input ends, however this process ended, it stops the process groups
/// and removes the folders it was told about. One serves all hosts of a process.
/// </summary>
internal static class Watchdog
{
    private static readonly Lock Turn = new();
    private static Process? _shell;

    public static void AddGroup(int group, int signal) => Tell($"+group {group}:{Signals.Name(signal)}");

    public static void RemoveGroup(int group, int signal) => Tell($"-group {group}:{Signals.Name(signal)}");

    public static void AddFolder(string path) => Tell($"+folder {path}");

    public static void RemoveFolder(string path) => Tell($"-folder {path}");

    private static void Tell(string line)
    {
        lock (Turn)
        {
            _shell ??= Start();
            _shell.StandardInput.WriteLine(line);
        }
    }

    private static Process Start()
    {
        using var resource = typeof(Watchdog).Assembly.GetManifestResourceStream("watchdog.sh")!;
        using var script = new StreamReader(resource);
        // Its own session, so that a terminal's Ctrl-C does not reach it.
        var start = new ProcessStartInfo(Commands.Require("setsid"), ["/bin/sh", "-c", script.ReadToEnd()]) { RedirectStandardInput = true };
        var shell = Process.Start(start)!;
        shell.StandardInput.AutoFlush = true;
        return shell;
    }
}
