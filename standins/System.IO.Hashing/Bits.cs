using System.Buffers.Binary;

namespace System.IO.Hashing;

/// <summary>The steps several variants share: little-endian reads, folding and the two avalanches.</summary>
internal static class Bits
{
    internal static uint Word32(ReadOnlySpan<byte> bytes, int offset) =>
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..]);

    internal static ulong Word64(ReadOnlySpan<byte> bytes, int offset) =>
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[offset..]);

    /// <summary>The 128-bit product of two words, its halves combined by exclusive or.</summary>
    internal static ulong MultiplyAndFold(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return low ^ high;
    }

    internal static ulong Avalanche3(ulong value)
    {
        value ^= value >> 37;
        value *= Primes.Mix1;
        return value ^ (value >> 32);
    }

    internal static ulong Avalanche64(ulong value)
    {
        value ^= value >> 33;
        value *= Primes.P64N2;
        value ^= value >> 29;
        value *= Primes.P64N3;
        return value ^ (value >> 32);
    }
}
