namespace Fib.Core.Sequence.Engine.Vectors;

/// <summary>
/// A register of doubles. Every kernel is written once for this interface and compiled once per width: 512, 256 and 128 bits.
/// </summary>
internal unsafe interface ILanes<TSelf>
    where TSelf : unmanaged, ILanes<TSelf>
{
    /// <summary>The number of doubles in one register.</summary>
    static abstract int Count { get; }

    static abstract TSelf Load(double* source);

    static abstract TSelf LoadInt32(int* source);

    static abstract TSelf Broadcast(double value);

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, TSelf right);

    /// <summary>this * factor + addend, fused if the processor supports it.</summary>
    TSelf MultiplyAdd(TSelf factor, TSelf addend);

    /// <summary>addend - this * factor, fused if the processor supports it.</summary>
    TSelf MultiplySubtractFrom(TSelf factor, TSelf addend);

    /// <summary>Rounds to the nearest integer.</summary>
    TSelf Round();

    /// <summary>
    /// Moves the lanes up by <paramref name="count"/> (a constant, 1 to Count - 1);
    /// the top lanes of <paramref name="before"/> enter at the bottom.
    /// </summary>
    TSelf ShiftIn(TSelf before, int count);

    void Store(double* target);

    void StoreInt32(int* target);
}
