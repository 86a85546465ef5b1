using System.Buffers.Binary;
using System.Numerics;

namespace System.IO.Hashing;

/// <summary>XXH3 for 0 to 16 bytes: four cases, each a few multiplications over first and last word.</summary>
internal static class XxHash3Small
{
    internal static ulong Hash(ReadOnlySpan<byte> source, ulong seed) => source.Length switch
    {
        0 => Bits.Avalanche64(seed ^ Bits.Word64(Secret.Default, 56) ^ Bits.Word64(Secret.Default, 64)),
        <= 3 => UpTo3(source, seed),
        <= 8 => UpTo8(source, seed),
        _ => UpTo16(source, seed),
    };

    private static ulong UpTo3(ReadOnlySpan<byte> source, ulong seed)
    {
        var length = source.Length;
        var combined = source[^1] | (uint)length << 8 | (uint)source[0] << 16 | (uint)source[length >> 1] << 24;
        ulong secret = Bits.Word32(Secret.Default, 0) ^ Bits.Word32(Secret.Default, 4);
        return Bits.Avalanche64((secret + seed) ^ combined);
    }

    private static ulong UpTo8(ReadOnlySpan<byte> source, ulong seed)
    {
        seed ^= (ulong)BinaryPrimitives.ReverseEndianness((uint)seed) << 32;
        var combined = Bits.Word32(source, source.Length - 4) | (ulong)Bits.Word32(source, 0) << 32;
        var value = ((Bits.Word64(Secret.Default, 8) ^ Bits.Word64(Secret.Default, 16)) - seed) ^ combined;
        value ^= BitOperations.RotateLeft(value, 49) ^ BitOperations.RotateLeft(value, 24);
        value *= Primes.Mix2;
        value ^= (value >> 35) + (ulong)source.Length;
        value *= Primes.Mix2;
        return value ^ (value >> 28);
    }

    private static ulong UpTo16(ReadOnlySpan<byte> source, ulong seed)
    {
        var low = ((Bits.Word64(Secret.Default, 24) ^ Bits.Word64(Secret.Default, 32)) + seed) ^ Bits.Word64(source, 0);
        var high = ((Bits.Word64(Secret.Default, 40) ^ Bits.Word64(Secret.Default, 48)) - seed)
            ^ Bits.Word64(source, source.Length - 8);
        return Bits.Avalanche3(
            (ulong)source.Length + BinaryPrimitives.ReverseEndianness(low) + high + Bits.MultiplyAndFold(low, high));
    }
}
