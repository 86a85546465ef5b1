using System.Diagnostics;
using System.Globalization;

namespace Fib.LocalSystem.Processes;

/// <summary>
/// A shell that outlives this process by a moment: when its input ends, however this process ended, it kills the processes
/// and removes the folders that it was told about.
/// </summary>
internal static class Watchdog
{
    /// <summary>
    /// Children too: those of a PostgreSQL that is stopped would stay. A process is stopped first, so that it starts no more of
    /// them. It is told from a later one of the same number by when it started.
    /// </summary>
    internal const string Script = """
        exec >/dev/null 2>&1
        trap '' HUP INT TERM
        processes=' '
        folders=' '
        while read -r what value; do
            case $what in
                +process) processes="$processes$value " ;;
                +folder) folders="$folders$value " ;;
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
        rm -rf -- $folders
        """;

    private static readonly Lock Turn = new();
    private static Process? _shell;

    /// <summary>Kills a process when this one ends.</summary>
    public static void AddProcess(int id) => Tell(string.Create(CultureInfo.InvariantCulture, $"+process {id}:{ProcessTree.ReadStart(id)}"));

    /// <summary>Removes a folder, whose path has no blanks, when this process ends.</summary>
    public static void AddFolder(string path) => Tell($"+folder {path}");

    private static void Tell(string line)
    {
        lock (Turn)
        {
            _shell ??= Start();
            _shell.StandardInput.WriteLine(line);
        }
    }

    /// <summary>In a session of its own, which a terminal's Ctrl-C does not reach.</summary>
    private static Process Start()
    {
        var shell = Process.Start(new ProcessStartInfo("setsid", ["/bin/sh", "-c", Script]) { RedirectStandardInput = true })!;
        shell.StandardInput.AutoFlush = true;
        return shell;
    }
}
