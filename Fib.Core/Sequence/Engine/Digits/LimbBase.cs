namespace Fib.Core.Sequence.Engine.Digits;

/// <summary>The radix of the digits that are convolved: 10^<see cref="Digits"/>.</summary>
internal readonly record struct LimbBase(int Digits)
{
    /// <summary>Fast: rounding stays near 0.01 where 0.5 would be wrong, and every result is verified.</summary>
    public static LimbBase Fast => new(5);

    /// <summary>Rounding is proven harmless for every index, of balanced limbs; see docs/engine.md.</summary>
    public static LimbBase Proven => new(3);

    public int Value => Digits == 5 ? 100_000 : 1_000;

    /// <summary>Limbs of a number with this many decimal digits.</summary>
    public int Limbs(int decimalDigits) => (decimalDigits + Digits - 1) / Digits;
}
