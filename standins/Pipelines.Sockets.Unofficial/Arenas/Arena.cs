using System.Buffers;
using System.Runtime.CompilerServices;

namespace Pipelines.Sockets.Unofficial.Arenas;

/// <summary>
/// Hands out stretches of memory that all end together at the next <see cref="Reset"/>. One thread at a time uses it;
/// only <see cref="Dispose"/> may come from another.
/// </summary>
/// <typeparam name="T">The type of the elements.</typeparam>
public sealed class Arena<T> : IDisposable
{
    private const int BlocksKept = 4;
    private readonly Stack<(T[] Block, int Used)> _full = new();
    private readonly int _blockLength;
    private T[] _block = [];
    private int _used;

    /// <summary>Makes an arena that takes no memory yet.</summary>
    /// <param name="options">Null means the defaults.</param>
    /// <param name="allocator">Null: memory comes from the shared array pool.</param>
    public Arena(ArenaOptions? options = null, Allocator<T>? allocator = null)
    {
        // Nothing but null can get here: an allocator has no way to be made.
        _ = allocator;
        _blockLength = Math.Max(1, (options ?? ArenaOptions.Default).BlockSizeBytes / Unsafe.SizeOf<T>());
    }

    /// <summary>Gives <paramref name="length"/> elements of any content, in one segment, valid until the next <see cref="Reset"/>.</summary>
    /// <remarks>An earlier allocation never moves: nested replies are parsed while the outer one's span is in use.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    public Sequence<T> Allocate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (length == 0) return default;
        if (_block.Length - _used < length) StartBlock(length);
        var start = _used;
        _used += length;
        return new Sequence<T>(_block, start, length);
    }

    /// <summary>Ends every allocation: drops the references in them, and returns what is too big to keep.</summary>
    public void Reset()
    {
        if (_used == 0 && _full.Count == 0) return;
        Array.Clear(_block, 0, _used);
        _used = 0;
        while (_full.TryPop(out var full))
        {
            Array.Clear(full.Block, 0, full.Used);
            ArrayPool<T>.Shared.Return(full.Block);
        }

        if (_block.Length <= _blockLength * BlocksKept) return;
        ArrayPool<T>.Shared.Return(_block);
        _block = [];
    }

    /// <summary>Ends the arena's use.</summary>
    /// <remarks>
    /// The block in use is left to the garbage collector: the Redis client disposes a connection's arena while its reader
    /// may still be parsing, and a block back in the pool would soon be someone else's.
    /// </remarks>
    public void Dispose()
    {
    }

    private void StartBlock(int length)
    {
        if (_used > 0) _full.Push((_block, _used));
        else if (_block.Length > 0) ArrayPool<T>.Shared.Return(_block);
        _used = 0;
        _block = ArrayPool<T>.Shared.Rent(Math.Max(length, _blockLength));
    }
}
