namespace System.IO.Hashing;

/// <summary>XXH3 above 240 bytes: eight accumulators over stripes of 64 bytes, scrambled after every block of 1,024.</summary>
internal static class XxHash3Large
{
    private const int Lanes = 8;
    private const int Stripe = 64;
    private const int StripesPerBlock = (Secret.Length - Stripe) / 8;
    private const int Block = Stripe * StripesPerBlock;

    internal static ulong Hash(ReadOnlySpan<byte> source, ulong seed)
    {
        Span<byte> secret = stackalloc byte[Secret.Length];
        Secret.Derive(seed, secret);
        Span<ulong> sums =
        [
            Primes.P32N3, Primes.P64N1, Primes.P64N2, Primes.P64N3,
            Primes.P64N4, Primes.P32N2, Primes.P64N5, Primes.P32N1,
        ];
        Consume(source, secret, sums);
        return Merge(sums, secret[11..], (ulong)source.Length * Primes.P64N1);
    }

    private static void Consume(ReadOnlySpan<byte> source, ReadOnlySpan<byte> secret, Span<ulong> sums)
    {
        var rest = source;

        // A last block that is full is still the last one: it ends with the final stripe, not with a scramble.
        for (; rest.Length > Block; rest = rest[Block..])
        {
            for (var n = 0; n < StripesPerBlock; n++) Accumulate(rest[(n * Stripe)..], secret[(n * 8)..], sums);
            Scramble(secret[(Secret.Length - Stripe)..], sums);
        }

        for (var n = 0; n < (rest.Length - 1) / Stripe; n++) Accumulate(rest[(n * Stripe)..], secret[(n * 8)..], sums);
        Accumulate(source[^Stripe..], secret[(Secret.Length - 71)..], sums);
    }

    private static void Accumulate(ReadOnlySpan<byte> stripe, ReadOnlySpan<byte> secret, Span<ulong> sums)
    {
        for (var lane = 0; lane < Lanes; lane++)
        {
            var word = Bits.Word64(stripe, lane * 8);
            var keyed = word ^ Bits.Word64(secret, lane * 8);
            sums[lane ^ 1] += word;
            sums[lane] += (uint)keyed * (keyed >> 32);
        }
    }

    private static void Scramble(ReadOnlySpan<byte> secret, Span<ulong> sums)
    {
        for (var lane = 0; lane < Lanes; lane++)
        {
            var sum = sums[lane];
            sums[lane] = (sum ^ (sum >> 47) ^ Bits.Word64(secret, lane * 8)) * Primes.P32N1;
        }
    }

    private static ulong Merge(ReadOnlySpan<ulong> sums, ReadOnlySpan<byte> secret, ulong start)
    {
        var result = start;
        for (var lane = 0; lane < Lanes; lane += 2)
        {
            result += Bits.MultiplyAndFold(
                sums[lane] ^ Bits.Word64(secret, lane * 8),
                sums[lane + 1] ^ Bits.Word64(secret, (lane * 8) + 8));
        }

        return Bits.Avalanche3(result);
    }
}
