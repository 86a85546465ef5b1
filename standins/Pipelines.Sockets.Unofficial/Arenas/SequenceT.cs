namespace Pipelines.Sockets.Unofficial.Arenas;

/// <summary>A stretch of an arena's memory, always in one segment.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
public readonly partial struct Sequence<T>
{
    private readonly T[]? _array;
    private readonly int _start;
    private readonly int _length;

    internal Sequence(T[] array, int start, int length)
    {
        _array = array;
        _start = start;
        _length = length;
    }

    /// <summary>How many elements there are.</summary>
    public long Length => _length;

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => _length == 0;

    /// <summary>Always true.</summary>
    public bool IsSingleSegment => true;

    /// <summary>All elements.</summary>
    public Span<T> FirstSpan => new(_array, _start, _length);

    /// <summary>The segments: one, or none if there are no elements.</summary>
    public SpanEnumerable Spans => new(this);

    /// <summary>The element itself, not a copy.</summary>
    /// <exception cref="IndexOutOfRangeException"><paramref name="index"/> is not below <see cref="Length"/>.</exception>
    public ref T this[int index] => ref FirstSpan[index];

    /// <summary>Goes over the elements, in order.</summary>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>Forgets the element type; <see cref="Sequence.Cast{T}"/> remembers it.</summary>
    public Sequence Untyped() => new(_array, _start, _length);
}
