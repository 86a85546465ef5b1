using System.Runtime.CompilerServices;

namespace Fib.Core.Sequence.Engine.Residues;

/// <summary>Arithmetic modulo the prime 2^61 - 1, where a reduction is a shift and an addition.</summary>
internal static class Mersenne61
{
    public const ulong Prime = (1UL << 61) - 1;

    /// <summary>Below 2^62 and congruent to a * b + c, for a below 2^62, b below 2^61 and c below 2^62.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong MultiplyAdd(ulong a, ulong b, ulong c)
    {
        // The low half is computed separately: as the out parameter of BigMul it would pass through memory.
        var high = Math.BigMul(a, b, out _);
        var low = a * b;
        return Fold((low & Prime) + c + (high << 3 | low >> 61));
    }

    /// <summary>The canonical residue.</summary>
    public static ulong Reduce(ulong value)
    {
        value = Fold(value);
        return value >= Prime ? value - Prime : value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong value) => (value & Prime) + (value >> 61);

    /// <summary>F(index) by modular fast doubling.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong Fibonacci(int index)
    {
        ulong a = 0, b = 1;
        for (var bit = 31 - int.LeadingZeroCount(index); bit >= 0; bit--)
        {
            var even = Reduce(MultiplyAdd(a, Reduce(2 * b + Prime - a), 0));
            var odd = Reduce(MultiplyAdd(a, a, 0) + MultiplyAdd(b, b, 0));
            (a, b) = (index >> bit & 1) == 0 ? (even, odd) : (odd, Reduce(even + odd));
        }
        return a;
    }

    /// <summary>10^exponent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong PowerOfTen(long exponent)
    {
        ulong power = 1, square = 10;
        for (; exponent > 0; exponent >>= 1, square = Reduce(MultiplyAdd(square, square, 0)))
        {
            if ((exponent & 1) != 0)
                power = Reduce(MultiplyAdd(power, square, 0));
        }
        return power;
    }
}
