namespace Fib.Core.Sequence.Engine.Digits;

/// <summary>The number of decimal digits of F(index), by Binet's formula.</summary>
internal static class DigitCount
{
    // log10 of the golden ratio and of the square root of five: with 28 digits no index below 10^9 is in doubt.
    private const decimal LogPhi = 0.2089876402499787337692720892m;
    private const decimal LogSqrt5 = 0.3494850021680094023931305526m;

    public static int Of(int index) => index < 2 ? 1 : (int)decimal.Floor(index * LogPhi - LogSqrt5) + 1;
}
