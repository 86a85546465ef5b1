namespace Pipelines.Sockets.Unofficial.Arenas;

/// <summary>A <see cref="Sequence{T}"/> that has forgotten its element type, so that an element can hold one of its own kind.</summary>
public readonly struct Sequence
{
    private readonly Array? _array;
    private readonly int _start;
    private readonly int _length;

    internal Sequence(Array? array, int start, int length)
    {
        _array = array;
        _start = start;
        _length = length;
    }

    /// <summary>How many elements there are.</summary>
    public long Length => _length;

    /// <summary>Remembers the element type; the default value casts to an empty sequence of any type.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <exception cref="InvalidCastException">The elements are of another type.</exception>
    public Sequence<T> Cast<T>() => _array is null ? default : new Sequence<T>((T[])_array, _start, _length);
}
