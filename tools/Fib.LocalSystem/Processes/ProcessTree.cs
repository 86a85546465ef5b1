using System.Globalization;

namespace Fib.LocalSystem.Processes;

/// <summary>The processes of this machine as <c>/proc</c> shows them.</summary>
internal static class ProcessTree
{
    private const string Parent = "PPid:";

    /// <summary>The processes that a process started and that still run.</summary>
    public static IReadOnlyList<int> ChildrenOf(int process) =>
        [.. Directory.EnumerateDirectories("/proc").Select(Number).Where(id => id is not null && ReadField(id.Value, Parent) == process.ToString(CultureInfo.InvariantCulture)).Select(id => id!.Value)];

    /// <summary>Whether a process is there and more than the memory of one that has ended.</summary>
    public static bool IsRunning(int process) => ReadField(process, "State:") is { } state && !state.StartsWith('Z') && !state.StartsWith('X');

    /// <summary>The processes in whose environment, arguments or working directory a path is. A server that sets its title has lost its environment.</summary>
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
            // It has ended meanwhile, or belongs to another user.
            return false;
        }
    }

    /// <summary>The name of a process's program, at most 15 characters; null where it has ended.</summary>
    public static string? ReadName(int process) => ReadField(process, "Name:");

    /// <summary>When a process started, in clock ticks since the machine did; 0 where it has ended. Together with its number it is unique.</summary>
    public static long ReadStart(int process)
    {
        try
        {
            var fields = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
            // The second field is the program's name in parentheses, which may have blanks in it.
            return long.Parse(fields[(fields.LastIndexOf(')') + 2)..].Split(' ')[19], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static int? Number(string directory) => int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static string? ReadField(int process, string name)
    {
        try
        {
            var line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/status")).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
            return line?[name.Length..].Trim();
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return null;
        }
    }
}
