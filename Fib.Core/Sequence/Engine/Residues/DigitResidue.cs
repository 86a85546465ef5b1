using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fib.Core.Sequence.Engine.Residues;

/// <summary>The residue modulo 2^61 - 1 of a number given by its ASCII digits: it reads the very bytes a caller gets.</summary>
internal static class DigitResidue
{
    private const int Chunk = 64;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong Of(ReadOnlySpan<byte> digits)
    {
        var head = digits.Length % Chunk;
        ulong residue = 0;
        foreach (var digit in digits[..head])
            residue = Mersenne61.MultiplyAdd(residue, 10, (ulong)(digit - '0'));
        digits = digits[head..];
        var power = Mersenne61.PowerOfTen(digits.Length);
        return Mersenne61.Reduce(Mersenne61.MultiplyAdd(residue, power, 0) + OfChunks(digits));
    }

    /// <summary>Horner's rule in four interleaved chains of sixteen digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ulong OfChunks(ReadOnlySpan<byte> digits)
    {
        var step = Mersenne61.PowerOfTen(Chunk);
        ulong a = 0, b = 0, c = 0, d = 0;
        for (; digits.Length >= Chunk; digits = digits[Chunk..])
        {
            var first = Eights(Vector256.Create(digits));
            var second = Eights(Vector256.Create(digits[32..]));
            a = Mersenne61.MultiplyAdd(a, step, Sixteen(first.GetLower()));
            b = Mersenne61.MultiplyAdd(b, step, Sixteen(first.GetUpper()));
            c = Mersenne61.MultiplyAdd(c, step, Sixteen(second.GetLower()));
            d = Mersenne61.MultiplyAdd(d, step, Sixteen(second.GetUpper()));
        }
        const ulong Sixteenth = 10_000_000_000_000_000;
        var sum = Mersenne61.MultiplyAdd(a, Sixteenth, 0) + b;
        sum = Mersenne61.MultiplyAdd(sum, Sixteenth, 0) + c;
        return Mersenne61.MultiplyAdd(sum, Sixteenth, 0) + d;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Sixteen(Vector128<ulong> eights) =>
        eights.ToScalar() * 100_000_000 + eights.GetElement(1);

    /// <summary>Each eight digits as one number: pairs, fours, eights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Eights(Vector256<byte> ascii)
    {
        var ones = (ascii - Vector256.Create((byte)'0')).AsUInt16();
        var pairs = ((ones & Vector256.Create((ushort)0xFF)) * 10 + (ones >>> 8)).AsUInt32();
        var fours = ((pairs & Vector256.Create(0xFFFFu)) * 100 + (pairs >>> 16)).AsUInt64();
        var high = (fours.AsUInt32() * 10_000).AsUInt64() & Vector256.Create(0xFFFFFFFFUL);
        return high + (fours >>> 32);
    }
}
