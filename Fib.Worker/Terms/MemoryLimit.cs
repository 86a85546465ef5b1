using System.Globalization;

namespace Fib.Worker.Terms;

/// <summary>
/// The memory that the process may use: the limit of the container, or the memory of the machine. The garbage collector's own limit
/// covers only its heap.
/// </summary>
internal static class MemoryLimit
{
    /// <summary>Reads the limit in bytes; if the system reports none, the total that the garbage collector assumes.</summary>
    public static long Read() => Read("/sys/fs/cgroup", "/proc/meminfo") ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>The lowest of the limits of cgroup v2, cgroup v1 and the machine's memory in bytes, or null if there is none.</summary>
    internal static long? Read(string cgroup, string machine)
    {
        long?[] limits =
        [
            ReadNumber(Path.Combine(cgroup, "memory.max")),
            ReadNumber(Path.Combine(cgroup, "memory", "memory.limit_in_bytes")),
            ReadMachine(machine),
        ];
        return limits.Min();
    }

    /// <summary>Null if the file does not exist or holds no limit (<c>max</c>).</summary>
    private static long? ReadNumber(string file) =>
        File.Exists(file) && long.TryParse(File.ReadAllText(file).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            ? bytes
            : null;

    /// <summary>Reads the line <c>MemTotal: 2097152 kB</c>.</summary>
    private static long? ReadMachine(string file)
    {
        if (!File.Exists(file))
            return null;
        var line = File.ReadLines(file).FirstOrDefault(text => text.StartsWith("MemTotal:", StringComparison.Ordinal));
        return line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var kibibytes, ..]
            && long.TryParse(kibibytes, NumberStyles.None, CultureInfo.InvariantCulture, out var total)
                ? total * 1024
                : null;
    }
}
