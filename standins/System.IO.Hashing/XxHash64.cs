using System.Buffers.Binary;
using System.Numerics;

namespace System.IO.Hashing;

/// <summary>XXH64 with seed 0, as the xxHash specification 0.2.0 describes it.</summary>
public static class XxHash64
{
    private const int Stripe = 32;

    /// <summary>Hashes <paramref name="source"/>, of any length.</summary>
    /// <returns>Eight bytes, most significant first.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    public static byte[] Hash(byte[] source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var hash = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(hash, Compute(source));
        return hash;
    }

    private static ulong Compute(ReadOnlySpan<byte> source)
    {
        var rest = source;
        var sum = rest.Length < Stripe ? Primes.P64N5 : ConsumeStripes(ref rest);
        return Bits.Avalanche64(ConsumeTail(rest, sum + (ulong)source.Length));
    }

    private static ulong ConsumeStripes(ref ReadOnlySpan<byte> rest)
    {
        ulong a = unchecked(Primes.P64N1 + Primes.P64N2), b = Primes.P64N2, c = 0, d = unchecked(0 - Primes.P64N1);
        for (; rest.Length >= Stripe; rest = rest[Stripe..])
        {
            a = Round(a, Bits.Word64(rest, 0));
            b = Round(b, Bits.Word64(rest, 8));
            c = Round(c, Bits.Word64(rest, 16));
            d = Round(d, Bits.Word64(rest, 24));
        }

        var sum = BitOperations.RotateLeft(a, 1) + BitOperations.RotateLeft(b, 7)
            + BitOperations.RotateLeft(c, 12) + BitOperations.RotateLeft(d, 18);
        return Merge(Merge(Merge(Merge(sum, a), b), c), d);
    }

    private static ulong ConsumeTail(ReadOnlySpan<byte> rest, ulong sum)
    {
        for (; rest.Length >= 8; rest = rest[8..])
            sum = (BitOperations.RotateLeft(sum ^ Round(0, Bits.Word64(rest, 0)), 27) * Primes.P64N1) + Primes.P64N4;
        if (rest.Length >= 4)
        {
            sum = (BitOperations.RotateLeft(sum ^ (Bits.Word32(rest, 0) * Primes.P64N1), 23) * Primes.P64N2) + Primes.P64N3;
            rest = rest[4..];
        }

        foreach (var value in rest)
            sum = BitOperations.RotateLeft(sum ^ (value * Primes.P64N5), 11) * Primes.P64N1;
        return sum;
    }

    private static ulong Round(ulong sum, ulong lane) =>
        BitOperations.RotateLeft(sum + (lane * Primes.P64N2), 31) * Primes.P64N1;

    private static ulong Merge(ulong sum, ulong lane) => ((sum ^ Round(0, lane)) * Primes.P64N1) + Primes.P64N4;
}
