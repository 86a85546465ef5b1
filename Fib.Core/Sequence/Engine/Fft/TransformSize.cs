using System.Numerics;

namespace Fib.Core.Sequence.Engine.Fft;

/// <summary>A transform of <see cref="Odd"/> * 2^<see cref="Depth"/> vectors; Odd is 1, 3, 5, 9 or 15, Depth at least 2.</summary>
internal readonly record struct TransformSize(int Odd, int Depth)
{
    private static ReadOnlySpan<byte> OddFactors => [3, 5, 9, 15];

    public int Vectors => Odd << Depth;

    /// <summary>The smallest size of at least <paramref name="vectors"/> vectors.</summary>
    public static TransformSize AtLeast(int vectors)
    {
        var best = new TransformSize(1, DepthFor((uint)vectors));
        foreach (var odd in OddFactors)
        {
            var size = new TransformSize(odd, DepthFor(((uint)vectors + odd - 1) / odd));
            if (size.Vectors < best.Vectors)
                best = size;
        }
        return best;
    }

    private static int DepthFor(uint parts) => Math.Max(2, 32 - BitOperations.LeadingZeroCount(parts - 1));
}
