namespace Fib.Core.Sequence.Engine.Fft;

/// <summary>
/// The memory layout of a large transform: the parts below the first splits are its rows, with a gap after each one. Without gaps
/// the columns of all rows would compete for the same lines of a cache.
/// </summary>
internal readonly record struct PartLayout(TransformSize Size, int Lanes)
{
    /// <summary>The bytes of the smallest transform that threads share.</summary>
    private const long MinSharedBytes = 64 << 10;

    /// <summary>The bytes of the smallest transform that one thread divides: two of them fill half of a usual second-level cache.</summary>
    private const long MinBytes = 256 << 10;

    /// <summary>The gap after a row.</summary>
    public const int GapBytes = 1024;

    private const int MaxRows = 4 * 15;

    private long DataBytes => (long)Size.Vectors * Lanes * 2 * sizeof(double);

    /// <summary>The number of rows: the odd splits and one split by four.</summary>
    public int Rows => 4 * Size.Odd;

    /// <summary>The vectors of a row.</summary>
    public nint Columns => (nint)1 << (Size.Depth - 2);

    /// <summary>The distance of two rows, in doubles.</summary>
    public nint Row => Columns * 2 * Lanes + GapBytes / sizeof(double);

    /// <summary>The size of a transform in bytes, gaps included; no smaller one needs more.</summary>
    public long Bytes => DataBytes + (IsLarge(isShared: true) ? MaxRows * GapBytes : 0);

    /// <summary>Whether the transform is large enough to be divided.</summary>
    public bool IsLarge(bool isShared) => DataBytes >= (isShared ? MinSharedBytes : MinBytes);
}
