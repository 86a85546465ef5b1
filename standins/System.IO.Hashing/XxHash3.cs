namespace System.IO.Hashing;

/// <summary>XXH3 with 64 bits of output, as the xxHash specification 0.2.0 describes it.</summary>
public static class XxHash3
{
    /// <summary>Hashes <paramref name="source"/>, of any length; every seed gives a function of its own.</summary>
    /// <param name="source">The bytes to hash; empty is fine.</param>
    /// <param name="seed">Read as an unsigned 64-bit number.</param>
    public static ulong HashToUInt64(ReadOnlySpan<byte> source, long seed = 0) => source.Length switch
    {
        <= 16 => XxHash3Small.Hash(source, (ulong)seed),
        <= 240 => XxHash3Medium.Hash(source, (ulong)seed),
        _ => XxHash3Large.Hash(source, (ulong)seed),
    };
}
