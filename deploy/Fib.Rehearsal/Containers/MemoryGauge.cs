using System.Globalization;

namespace Fib.Rehearsal.Containers;

/// <summary>Reads a container's memory where the kernel counts it, with either version of control groups.</summary>
/// <param name="directory">The container's control group.</param>
internal sealed class MemoryGauge(string directory)
{
    private const string First = "/sys/fs/cgroup/memory";
    private const string Second = "/sys/fs/cgroup";

    /// <summary>The gauge of the container whose first process this is.</summary>
    public static MemoryGauge Find(int pid)
    {
        var groups = File.ReadAllLines($"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/cgroup").Select(line => line.Split(':', 3)).ToList();
        return groups.Find(group => group[1] == "memory") is { } first
            ? new MemoryGauge(First + first[2])
            : new MemoryGauge(Second + groups.First(group => group[0] == "0")[2]);
    }

    private bool IsFirst => directory.StartsWith(First, StringComparison.Ordinal);

    /// <summary>Bytes in use without the file cache that the kernel would give up first: what <c>docker stats</c> shows.</summary>
    public long ReadUsed()
    {
        var all = ReadNumber(IsFirst ? "memory.usage_in_bytes" : "memory.current");
        return all - ReadField("memory.stat", IsFirst ? "total_inactive_file" : "inactive_file");
    }

    /// <summary>How many processes were killed because the limit was reached.</summary>
    public long ReadKills() => IsFirst ? ReadField("memory.oom_control", "oom_kill") : ReadField("memory.events", "oom_kill");

    private long ReadNumber(string file) => long.Parse(File.ReadAllText(Path.Combine(directory, file)), CultureInfo.InvariantCulture);

    private long ReadField(string file, string name) => File.ReadLines(Path.Combine(directory, file))
        .Select(line => line.Split(' ')).Where(fields => fields[0] == name).Select(fields => long.Parse(fields[1], CultureInfo.InvariantCulture)).FirstOrDefault();
}
