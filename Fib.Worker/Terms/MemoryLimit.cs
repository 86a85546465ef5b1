using System.Globalization;

namespace Fib.Worker.Terms;

/// <summary>How much memory the process may take in all: the container's limit, or what the machine has. The garbage collector's limit is only about its own heap.</summary>
internal static class MemoryLimit
{
    /// <summary>In bytes; where the system does not say, what the garbage collector takes for the whole.</summary>
    public static long Read() => Read("/sys/fs/cgroup", "/proc/meminfo") ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>The lowest of the limits of cgroup v2 and v1 and the machine's memory, or null where none is given.</summary>
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

    /// <summary>Null where there is no such file, or no limit (<c>max</c>).</summary>
    private static long? ReadNumber(string file) =>
        File.Exists(file) && long.TryParse(File.ReadAllText(file).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : null;

    /// <summary>The line <c>MemTotal: 2097152 kB</c>.</summary>
    private static long? ReadMachine(string file) =>
        File.Exists(file)
        && File.ReadLines(file).FirstOrDefault(line => line.StartsWith("MemTotal:", StringComparison.Ordinal))?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var kibibytes, ..]
        && long.TryParse(kibibytes, NumberStyles.None, CultureInfo.InvariantCulture, out var total)
            ? total * 1024
            : null;
}
