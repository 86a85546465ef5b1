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
