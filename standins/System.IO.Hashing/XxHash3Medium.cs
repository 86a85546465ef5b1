namespace System.IO.Hashing;

/// <summary>XXH3 for 17 to 240 bytes: one accumulator, fed with mixed chunks of 16 bytes.</summary>
internal static class XxHash3Medium
{
    private const int Chunk = 16;

    internal static ulong Hash(ReadOnlySpan<byte> source, ulong seed) =>
        Bits.Avalanche3(source.Length <= 128 ? UpTo128(source, seed) : UpTo240(source, seed));

    private static ulong UpTo128(ReadOnlySpan<byte> source, ulong seed)
    {
        var sum = Start(source);
        for (var round = (source.Length - 1) >> 5; round >= 0; round--)
        {
            sum += Mix(source, round * Chunk, round * 2 * Chunk, seed);
            sum += Mix(source, source.Length - ((round + 1) * Chunk), (round * 2 * Chunk) + Chunk, seed);
        }

        return sum;
    }

    private static ulong UpTo240(ReadOnlySpan<byte> source, ulong seed)
    {
        const int FirstChunks = 8;
        var sum = Start(source);
        for (var i = 0; i < FirstChunks; i++) sum += Mix(source, i * Chunk, i * Chunk, seed);
        sum = Bits.Avalanche3(sum);
        for (var i = FirstChunks; i < source.Length / Chunk; i++)
            sum += Mix(source, i * Chunk, ((i - FirstChunks) * Chunk) + 3, seed);
        return sum + Mix(source, source.Length - Chunk, 119, seed);
    }

    private static ulong Start(ReadOnlySpan<byte> source) => (ulong)source.Length * Primes.P64N1;

    private static ulong Mix(ReadOnlySpan<byte> source, int offset, int secretOffset, ulong seed) => Bits.MultiplyAndFold(
        Bits.Word64(source, offset) ^ (Bits.Word64(Secret.Default, secretOffset) + seed),
        Bits.Word64(source, offset + 8) ^ (Bits.Word64(Secret.Default, secretOffset + 8) - seed));
}
