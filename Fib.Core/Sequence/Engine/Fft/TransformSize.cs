namespace Fib.Core.Sequence.Engine.Fft;

/// <summary>A transform of <see cref="Odd"/> * 2^<see cref="Depth"/> vectors; Odd is 1, 3, 5, 9 or 15, Depth at least 1.</summary>
internal readonly record struct TransformSize(int Odd, int Depth)
{
    private static ReadOnlySpan<int> OddFactors => [1, 3, 5, 9, 15];

    public nint Vectors => (nint)Odd << Depth;

    /// <summary>The smallest size of at least <paramref name="vectors"/> vectors.</summary>
    public static TransformSize AtLeast(long vectors)
    {
        var best = new TransformSize(1, 40);
        foreach (var odd in OddFactors)
        {
            var depth = 1;
            while ((long)odd << depth < vectors)
                depth++;
            if ((long)odd << depth < best.Vectors)
                best = new TransformSize(odd, depth);
        }
        return best;
    }
}
