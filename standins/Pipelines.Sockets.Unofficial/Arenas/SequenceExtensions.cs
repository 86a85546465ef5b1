namespace Pipelines.Sockets.Unofficial.Arenas;

/// <summary>Copies out of a sequence, each element made into another on the way.</summary>
public static class SequenceExtensions
{
    /// <summary>Projects every element into a new array.</summary>
    public static TTo[] ToArray<TFrom, TTo>(this in Sequence<TFrom> source, Projection<TFrom, TTo> projection)
    {
        if (source.IsEmpty) return [];
        var result = new TTo[source.Length];
        source.CopyTo(result, projection);
        return result;
    }

    /// <summary>Projects every element, together with <paramref name="state"/>, into a new array.</summary>
    public static TTo[] ToArray<TFrom, TState, TTo>(
        this in Sequence<TFrom> source, Projection<TFrom, TState, TTo> projection, in TState state)
    {
        ArgumentNullException.ThrowIfNull(projection);
        if (source.IsEmpty) return [];
        var result = new TTo[source.Length];
        var from = source.FirstSpan;
        for (var i = 0; i < from.Length; i++) result[i] = projection(in from[i], in state);
        return result;
    }

    /// <summary>Projects every element into the start of <paramref name="destination"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than <paramref name="source"/>.</exception>
    public static void CopyTo<TFrom, TTo>(
        this in Sequence<TFrom> source, Span<TTo> destination, Projection<TFrom, TTo> projection)
    {
        ArgumentNullException.ThrowIfNull(projection);
        var from = source.FirstSpan;
        if (destination.Length < from.Length) throw new ArgumentException("The destination is too short.", nameof(destination));
        for (var i = 0; i < from.Length; i++) destination[i] = projection(in from[i]);
    }
}
