namespace Fib.Core.Sequence.Engine.Digits;

/// <summary>The number of decimal digits of F(index), by Binet's formula.</summary>
internal static class DigitCount
{
    // log10 of the golden ratio and of the square root of five, times 2^64. The error stays below 3e-11, and no index
    // up to 10^9 brings its logarithm that close to a whole number.
    private const ulong LogPhi = 3855141514259838963;
    private const ulong LogSqrt5 = 6446860392593097241;

    public static int Of(int index) =>
        index < 2 ? 1 : (int)(((UInt128)LogPhi * (uint)index - LogSqrt5) >> 64) + 1;
}
