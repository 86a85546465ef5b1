namespace Fib.Api.Events;

/// <summary>Limits the number of open event streams by the memory that they take if every client is slow.</summary>
internal sealed class OpenStreams
{
    /// <summary>The bytes of a response that wait for a slow client.</summary>
    public const int MaxBuffered = 8 * 1024;

    /// <summary>A connection, its request, a full buffer and the references of a full queue (<see cref="EventListener"/>), in bytes.</summary>
    private const int PerStream = 42 * 1024;

    /// <summary>The heap without streams, in bytes.</summary>
    private const int Reserve = 20 * 1024 * 1024;

    private int _count;

    /// <summary>The number of open streams.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Counts a stream; false if the heap would not be enough for all.</summary>
    public bool TryAdd()
    {
        if (Interlocked.Increment(ref _count) <= GetMaximum())
            return true;
        Remove();
        return false;
    }

    /// <summary>The stream has ended.</summary>
    public void Remove() => Interlocked.Decrement(ref _count);

    /// <summary>The size of the heap is unknown, 0, before the first garbage collection.</summary>
    private static long GetMaximum() =>
        GC.GetGCMemoryInfo(GCKind.Any).TotalAvailableMemoryBytes is > 0 and var heap
            ? Math.Max(heap - Reserve, heap / 4) / PerStream
            : long.MaxValue;
}
