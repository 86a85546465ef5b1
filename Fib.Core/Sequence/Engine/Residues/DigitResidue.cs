using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Fib.Core.Sequence.Engine.Threads;

namespace Fib.Core.Sequence.Engine.Residues;

/// <summary>The residue modulo 2^61 - 1 of a number from its ASCII digits, the same bytes that are returned to the caller.</summary>
internal static class DigitResidue
{
    private const int Chunk = 64;

    private const int PartDigits = 24_000;

    private const ulong TenTo16 = 10_000_000_000_000_000;

    private static readonly ulong TenTo64 = Mersenne61.PowerOfTen(Chunk);

    /// <summary>The residue, computed by a team if the number is long.</summary>
    public static ulong Of(ReadOnlyMemory<byte> digits, Team team) =>
        digits.Length < 2 * PartDigits ? Of(digits.Span) : OfParts(digits, team);

    private static ulong OfParts(ReadOnlyMemory<byte> digits, Team team)
    {
        var residues = new ulong[(digits.Length + PartDigits - 1) / PartDigits];
        var first = digits.Length - (residues.Length - 1) * PartDigits;
        team.Run(residues.Length, part => residues[part] =
            Of(digits.Span.Slice(part == 0 ? 0 : first + (part - 1) * PartDigits, part == 0 ? first : PartDigits)));
        var step = Mersenne61.PowerOfTen(PartDigits);
        return residues.Aggregate(0UL, (sum, residue) => Mersenne61.Reduce(Mersenne61.MultiplyAdd(sum, step, residue)));
    }

    /// <summary>Horner's rule in four interleaved chains of sixteen digits, the first chunk padded with zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong Of(ReadOnlySpan<byte> digits)
    {
        Span<byte> head = stackalloc byte[Chunk];
        head.Fill((byte)'0');
        var headLength = digits.Length % Chunk;
        digits[..headLength].CopyTo(head[(Chunk - headLength)..]);
        var step = TenTo64;
        var (a, b, c, d) = Sixteens(head);
        foreach (ref readonly var chunk in MemoryMarshal.Cast<byte, Bytes64>(digits[headLength..]))
        {
            var (nextA, nextB, nextC, nextD) = Sixteens(chunk);
            a = Mersenne61.MultiplyAdd(a, step, nextA);
            b = Mersenne61.MultiplyAdd(b, step, nextB);
            c = Mersenne61.MultiplyAdd(c, step, nextC);
            d = Mersenne61.MultiplyAdd(d, step, nextD);
        }
        var sum = Mersenne61.MultiplyAdd(a, TenTo16, b);
        sum = Mersenne61.MultiplyAdd(sum, TenTo16, c);
        return Mersenne61.Reduce(Mersenne61.MultiplyAdd(sum, TenTo16, d));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (ulong, ulong, ulong, ulong) Sixteens(ReadOnlySpan<byte> chunk)
    {
        var upper = Eights(Vector256.Create(chunk));
        var lower = Eights(Vector256.Create(chunk[32..]));
        return (Sixteen(upper.GetLower()), Sixteen(upper.GetUpper()), Sixteen(lower.GetLower()), Sixteen(lower.GetUpper()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Sixteen(Vector128<ulong> eights) => eights.ToScalar() * 100_000_000 + eights.GetElement(1);

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

    [InlineArray(Chunk)]
    private struct Bytes64
    {
        private byte _first;
    }
}
