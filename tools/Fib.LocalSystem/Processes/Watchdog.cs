using System.Diagnostics;
using System.Globalization;

namespace Fib.LocalSystem.Processes;

/// <summary>
/// A shell that cleans up after this process: when its standard input ends, for whatever reason, it kills the registered processes
/// and removes the registered folders.
/// </summary>
internal static class Watchdog
{
    /// <summary>
    /// Kills children too: those of a stopped PostgreSQL would remain. Stops a process first, so that it starts no more children. The
    /// start time distinguishes a process from a later one with the same id.
    /// </summary>
    internal const string Script = """
        exec >/dev/null 2>&1
        trap '' HUP INT TERM
        processes=' '
        set --
        while read -r what value; do
            case $what in
                +process) processes="$processes$value " ;;
                +folder) set -- "$@" "$value" ;;
            esac
        done
        started() { line=$(cat "/proc/$1/stat") && set -- ${line##*) } && echo "${20}"; }
        for entry in $processes; do
            process=${entry%:*}
            [ "$(started "$process")" = "${entry#*:}" ] || continue
            kill -STOP "$process" || continue
            children=$(grep -lE "^PPid:[[:space:]]+$process\$" /proc/[0-9]*/status | cut -d/ -f3)
            kill -KILL $children "$process"
        done
        rm -rf -- "$@"
        """;

    private static readonly Lock ShellLock = new();
    private static Process? _shell;

    /// <summary>Registers a process to kill when this one ends.</summary>
    public static void AddProcess(int id) =>
        Write(string.Create(CultureInfo.InvariantCulture, $"+process {id}:{ProcessTree.ReadStart(id)}"));

    /// <summary>Registers a folder to remove when this process ends.</summary>
    public static void AddFolder(string path) => Write($"+folder {path}");

    private static void Write(string line)
    {
        lock (ShellLock)
        {
            _shell ??= Start();
            _shell.StandardInput.WriteLine(line);
        }
    }

    /// <summary>Starts the shell in a session of its own, which Ctrl-C in a terminal does not reach.</summary>
    private static Process Start()
    {
        var shell = Process.Start(new ProcessStartInfo("setsid", ["/bin/sh", "-c", Script]) { RedirectStandardInput = true })!;
        shell.StandardInput.AutoFlush = true;
        return shell;
    }
}
