using System.Globalization;

namespace Fib.Rehearsal.Containers;

/// <summary>Samples the memory of a set of containers every 100 ms until it is stopped or disposed, and keeps the peaks.</summary>
internal sealed class MemorySampler : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<Container, CgroupMemory> _memory;
    private readonly Dictionary<Container, long> _peaks = [];
    private readonly Task _sampling;

    private MemorySampler(Dictionary<Container, CgroupMemory> memory)
    {
        _memory = memory;
        Sample();
        _sampling = SampleAsync(_stop.Token);
    }

    /// <summary>Starts sampling running containers.</summary>
    public static async Task<MemorySampler> StartAsync(IReadOnlyList<Container> containers, CancellationToken cancellationToken)
    {
        var memory = new Dictionary<Container, CgroupMemory>();
        foreach (var container in containers)
            memory[container] = CgroupMemory.Find((await Engine.InspectAsync(container.Id, cancellationToken)).Pid);
        return new MemorySampler(memory);
    }

    /// <summary>The highest sample of each container, in bytes.</summary>
    public IReadOnlyDictionary<Container, long> Peaks => _peaks;

    /// <summary>How many processes of a container the kernel has killed because of its memory limit.</summary>
    public long ReadKills(Container container) => _memory[container].ReadKills();

    /// <summary>Stops sampling; the peaks remain.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _sampling;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task SampleAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
                Sample();
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    private void Sample()
    {
        foreach (var (container, memory) in _memory)
        {
            try
            {
                _peaks[container] = Math.Max(_peaks.GetValueOrDefault(container), memory.ReadUsed());
            }
            catch (IOException)
            {
                // The container has just ended, which its state shows.
            }
        }
    }
}

/// <summary>Reads a container's memory use from its control group, version 1 or 2.</summary>
/// <param name="directory">The container's control group.</param>
internal sealed class CgroupMemory(string directory)
{
    private const string Version1 = "/sys/fs/cgroup/memory";
    private const string Version2 = "/sys/fs/cgroup";

    private bool IsVersion1 => directory.StartsWith(Version1, StringComparison.Ordinal);

    /// <summary>The control group of a process.</summary>
    public static CgroupMemory Find(int pid)
    {
        var file = $"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/cgroup";
        var groups = File.ReadAllLines(file).Select(line => line.Split(':', 3)).ToList();
        return groups.Find(group => group[1] == "memory") is { } group
            ? new CgroupMemory(Version1 + group[2])
            : new CgroupMemory(Version2 + groups.First(group => group[0] == "0")[2]);
    }

    /// <summary>Bytes in use without the inactive file cache, which the kernel reclaims first, as <c>docker stats</c> shows.</summary>
    public long ReadUsed()
    {
        var all = ReadNumber(IsVersion1 ? "memory.usage_in_bytes" : "memory.current");
        return all - ReadField("memory.stat", IsVersion1 ? "total_inactive_file" : "inactive_file");
    }

    /// <summary>How many processes the kernel has killed because of the memory limit.</summary>
    public long ReadKills() => IsVersion1 ? ReadField("memory.oom_control", "oom_kill") : ReadField("memory.events", "oom_kill");

    private long ReadNumber(string file) =>
        long.Parse(File.ReadAllText(Path.Combine(directory, file)), CultureInfo.InvariantCulture);

    private long ReadField(string file, string name) => File.ReadLines(Path.Combine(directory, file))
        .Select(line => line.Split(' ')).Where(fields => fields[0] == name)
        .Select(fields => long.Parse(fields[1], CultureInfo.InvariantCulture)).FirstOrDefault();
}
