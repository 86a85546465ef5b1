using System.Buffers.Binary;
using System.Numerics;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>xxHash, 32 bits, seed 0 (github.com/Cyan4973/xxHash, doc/xxhash_spec.md).</summary>
internal static class XxHash32
{
    private const uint Prime1 = 0x9E3779B1, Prime2 = 0x85EBCA77, Prime3 = 0xC2B2AE3D, Prime4 = 0x27D4EB2F, Prime5 = 0x165667B1;

    public static uint Of(ReadOnlySpan<byte> data)
    {
        var length = (uint)data.Length;
        var hash = data.Length < 16 ? Prime5 : Stripes(ref data);
        hash += length;
        for (; data.Length >= 4; data = data[4..])
            hash = BitOperations.RotateLeft(hash + BinaryPrimitives.ReadUInt32LittleEndian(data) * Prime3, 17) * Prime4;
        foreach (var value in data)
            hash = BitOperations.RotateLeft(hash + value * Prime5, 11) * Prime1;
        hash = (hash ^ (hash >> 15)) * Prime2;
        hash = (hash ^ (hash >> 13)) * Prime3;
        return hash ^ (hash >> 16);
    }

    private static uint Stripes(ref ReadOnlySpan<byte> data)
    {
        Span<uint> lanes = [unchecked(Prime1 + Prime2), Prime2, 0, unchecked(0 - Prime1)];
        for (; data.Length >= 16; data = data[16..])
            for (var i = 0; i < 4; i++)
                lanes[i] = BitOperations.RotateLeft(lanes[i] + BinaryPrimitives.ReadUInt32LittleEndian(data[(4 * i)..]) * Prime2, 13) * Prime1;
        return BitOperations.RotateLeft(lanes[0], 1) + BitOperations.RotateLeft(lanes[1], 7) + BitOperations.RotateLeft(lanes[2], 12) + BitOperations.RotateLeft(lanes[3], 18);
    }
}
