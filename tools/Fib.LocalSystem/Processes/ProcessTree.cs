using System.Globalization;

namespace Fib.LocalSystem.Processes;

/// <summary>Reads the processes of this machine from <c>/proc</c>.</summary>
internal static class ProcessTree
{
    private const string Parent = "PPid:";

    /// <summary>The ids of the child processes.</summary>
    public static IReadOnlyList<int> ChildrenOf(int process) =>
        [.. Directory.EnumerateDirectories("/proc").Select(Number).OfType<int>()
            .Where(id => ReadField(id, Parent) == process.ToString(CultureInfo.InvariantCulture))];

    /// <summary>Whether a process exists and has not ended; a zombie has ended.</summary>
    public static bool IsRunning(int process) =>
        ReadField(process, "State:") is { } state && !state.StartsWith('Z') && !state.StartsWith('X');

    /// <summary>
    /// The processes with a path in their environment, arguments or working directory. A server that sets its process title
    /// overwrites its environment.
    /// </summary>
    public static IReadOnlyList<int> UsersOf(string path) =>
        [.. Directory.EnumerateDirectories("/proc").Select(Number).OfType<int>().Where(id => IsRunning(id) && Mentions(id, path)).Order()];

    private static bool Mentions(int process, string path)
    {
        var directory = string.Create(CultureInfo.InvariantCulture, $"/proc/{process}");
        try
        {
            return File.ReadAllText($"{directory}/environ").Contains(path, StringComparison.Ordinal)
                || File.ReadAllText($"{directory}/cmdline").Contains(path, StringComparison.Ordinal)
                || new FileInfo($"{directory}/cwd").LinkTarget?.StartsWith(path, StringComparison.Ordinal) == true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The process has ended, or belongs to another user.
            return false;
        }
    }

    /// <summary>The name of a process's program, at most 15 characters; null if it has ended.</summary>
    public static string? ReadName(int process) => ReadField(process, "Name:");

    /// <summary>A size in a process's status, such as <c>VmHWM:</c>, in MiB; 0 if the process has ended.</summary>
    public static double ReadMebibytes(int process, string field) =>
        ReadField(process, field) is { } size ? double.Parse(size.Split(' ')[0], CultureInfo.InvariantCulture) / 1024 : 0;

    /// <summary>
    /// The start time of a process, in clock ticks since the start of the machine; 0 if the process has ended. Start time and process
    /// id together identify a process.
    /// </summary>
    public static long ReadStart(int process)
    {
        try
        {
            var fields = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
            // The second field is the program's name in parentheses, which may contain spaces.
            return long.Parse(fields[(fields.LastIndexOf(')') + 2)..].Split(' ')[19], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static int? Number(string directory) =>
        int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static string? ReadField(int process, string name)
    {
        try
        {
            var lines = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/status"));
            var line = lines.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
            return line?[name.Length..].Trim();
        }
        catch (IOException)
        {
            // The process has ended.
            return null;
        }
    }
}
