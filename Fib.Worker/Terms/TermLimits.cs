using Fib.Core.Sequence;
using Fib.ServiceDefaults.Settings;

namespace Fib.Worker.Terms;

/// <summary>What this worker computes, and how much of it Redis keeps.</summary>
/// <param name="MaximumIndex">A higher index fails.</param>
/// <param name="MemoryBytes">A term that needs more working memory fails.</param>
/// <param name="CacheBytes">How many bytes of long terms Redis keeps; beyond, the least recently used are dropped.</param>
internal sealed record TermLimits(int MaximumIndex, long MemoryBytes, long CacheBytes)
{
    private const int DefaultCacheMebibytes = 64;

    /// <summary>What the process holds besides the term that it computes.</summary>
    private const long OwnBytes = 24 << 20;

    /// <summary>Reads MAXIMUM_INDEX and TERM_CACHE_MIB; the memory is what the container or the machine gives the process, of which the engine takes its own part beside the managed heap.</summary>
    /// <exception cref="SettingException">One is malformed.</exception>
    public static TermLimits Read(IConfiguration configuration) => new(
        configuration.ReadNumber("MAXIMUM_INDEX", SequenceIndex.DefaultMaximum, 0, SequenceIndex.Limit),
        MemoryLimit.Read() - OwnBytes,
        configuration.ReadNumber("TERM_CACHE_MIB", DefaultCacheMebibytes, 1, 1024 * 1024) * 1024L * 1024L);

    /// <summary>Why the index cannot be computed here, or null.</summary>
    public string? Refuse(SequenceIndex index)
    {
        if (index.Value > MaximumIndex)
            return $"The worker's maximum index is {MaximumIndex}.";
        var needed = TermEngine.EstimateMemory(index.Value);
        return needed > MemoryBytes ? $"It needs {(needed >> 20) + 1} MiB of working memory; the worker has {MemoryBytes >> 20} MiB." : null;
    }
}
