using Fib.Core.Sequence;
using Fib.ServiceDefaults.Settings;

namespace Fib.Worker.Terms;

/// <summary>The limits of this worker's computations, and of the cached terms in Redis.</summary>
/// <param name="MaximumIndex">Higher indexes fail.</param>
/// <param name="MemoryBytes">Terms that need more working memory, in bytes, fail.</param>
/// <param name="CacheBytes">The maximum size in bytes of the cached long terms; beyond it, the least recently used are evicted.</param>
internal sealed record TermLimits(int MaximumIndex, long MemoryBytes, long CacheBytes)
{
    private const int DefaultCacheMebibytes = 64;

    /// <summary>The memory of the process besides the term that it computes: its peak, less that of the term (docs/performance.md).</summary>
    private const long OwnBytes = 63 << 20;

    /// <summary>
    /// Reads MAXIMUM_INDEX and TERM_CACHE_MIB. The memory is the limit of the container or the machine, because the engine allocates
    /// part of its memory outside the managed heap.
    /// </summary>
    /// <exception cref="SettingException">A setting is malformed.</exception>
    public static TermLimits Read(IConfiguration configuration) => Read(configuration, MemoryLimit.Read());

    /// <summary>A limit below the process's own memory leaves room for small terms.</summary>
    internal static TermLimits Read(IConfiguration configuration, long memory) => new(
        configuration.ReadNumber("MAXIMUM_INDEX", SequenceIndex.DefaultMaximum, 0, SequenceIndex.Limit),
        Math.Max(memory - OwnBytes, memory / 16),
        configuration.ReadNumber("TERM_CACHE_MIB", DefaultCacheMebibytes, 1, 1024 * 1024) * 1024L * 1024L);

    /// <summary>The reason why this worker does not compute the index, or null if it does.</summary>
    public string? FindRejection(SequenceIndex index)
    {
        if (index.Value > MaximumIndex)
            return $"The worker's maximum index is {MaximumIndex}.";
        // The client of Redis sends a copy of the digits, while the memory of the computation is kept for the next one.
        var needed = TermEngine.EstimateMemory(index.Value) + TermEngine.CountDigits(index.Value);
        return needed > MemoryBytes
            ? $"It needs {(needed >> 20) + 1} MiB of working memory; the worker has {MemoryBytes >> 20} MiB."
            : null;
    }
}
