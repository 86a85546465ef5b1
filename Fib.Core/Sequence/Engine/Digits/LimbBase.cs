namespace Fib.Core.Sequence.Engine.Digits;

/// <summary>The radix of the convolved limbs: 10^<see cref="Digits"/>.</summary>
internal readonly record struct LimbBase(int Digits)
{
    /// <summary>Fast: rounding errors stay near 0.01, an error of 0.5 would change the result, and every result is verified.</summary>
    public static LimbBase Fast => new(5);

    /// <summary>Proven: with balanced limbs no rounding error changes the result, for any index; see docs/engine.md.</summary>
    public static LimbBase Proven => new(3);

    public int Value => Digits == 5 ? 100_000 : 1_000;

    /// <summary>The number of limbs of a number with this many decimal digits.</summary>
    public int Limbs(int decimalDigits) => (decimalDigits + Digits - 1) / Digits;
}
