namespace Fib.Core.Sequence.Engine.Digits;

/// <summary>The radix of the convolved limbs: 10^<see cref="Digits"/>.</summary>
internal readonly record struct LimbBase(int Digits)
{
    private const int MaxIndexOfThreeDigits = 100_000_000;

    private const int MaxIndexOfSixDigits = 10_000_000;

    /// <summary>Whether every limb must be balanced, as the proof requires.</summary>
    public bool IsProven => Digits < 5;

    public int Value => Digits switch
    {
        6 => 1_000_000,
        5 => 100_000,
        3 => 1_000,
        _ => 100,
    };

    /// <summary>
    /// Large limbs, and so short transforms. Rounding errors stay below 0.3, an error of 0.5 would change the result, and every
    /// result is verified.
    /// </summary>
    public static LimbBase FastFor(int index) => new(index <= MaxIndexOfSixDigits ? 6 : 5);

    /// <summary>With balanced limbs no rounding error changes the result, for any index up to this one; see docs/engine.md.</summary>
    public static LimbBase ProvenFor(int index) => new(index <= MaxIndexOfThreeDigits ? 3 : 2);

    /// <summary>The number of limbs of a number with this many decimal digits.</summary>
    public int Limbs(int decimalDigits) => (decimalDigits + Digits - 1) / Digits;
}
