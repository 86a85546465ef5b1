using System.Diagnostics;
using Fib.Core.Sequence;

namespace Fib.Bench.Engine;

/// <summary>
/// Median milliseconds of processor time for one index. The ratio is the median over pairs measured directly after each other,
/// which is least sensitive to other load.
/// </summary>
internal sealed record Measurement(int Index, double Engine, double? Gmp, double? Ratio, double? BigInteger)
{
    private const int MaxIndexForBigInteger = 1_000_000;

    public static Measurement Take(int index, int rounds)
    {
        var target = new byte[TermEngine.CountDigits(index) + 2];
        var repeat = Repeat(index);
        Warm(() => TermEngine.Compute(index), index <= 100_000 ? 2 : 0.5);
        List<double> engine = [], gmp = [], ratios = [];
        for (var i = 0; i < rounds; i++)
        {
            engine.Add(ThreadClock.Milliseconds(() => TermEngine.Compute(index), repeat));
            if (!Bench.Engine.Gmp.IsInstalled)
                continue;
            gmp.Add(ThreadClock.Milliseconds(() => Bench.Engine.Gmp.Compute(index, target), repeat));
            ratios.Add(engine[^1] / gmp[^1]);
        }
        return new(index, Median(engine)!.Value, Median(gmp), Median(ratios), TakeBigInteger(index));
    }

    /// <summary>The engine's fastest time in milliseconds, which is least sensitive to other load.</summary>
    public static double Fastest(int index, int rounds)
    {
        Warm(() => TermEngine.Compute(index), 0.05);
        return Enumerable.Range(0, rounds).Min(_ => ThreadClock.Milliseconds(() => TermEngine.Compute(index), Repeat(index)));
    }

    private static double? TakeBigInteger(int index)
    {
        if (index > MaxIndexForBigInteger)
            return null;
        Warm(() => PlainBigInteger.Compute(index), 0.2);
        return Median(
            [.. Enumerable.Range(0, 3).Select(_ => ThreadClock.Milliseconds(() => PlainBigInteger.Compute(index), Repeat(index) / 2 + 1))]);
    }

    // Enough repetitions for a time well above the cost of reading the clock.
    private static int Repeat(int index) => Math.Max(1, 500_000 / (index + 1));

    // Long enough for tiered compilation to finish.
    private static void Warm(Action action, double seconds)
    {
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < seconds;)
            action();
    }

    private static double? Median(List<double> values) =>
        values.Count == 0 ? null : values.Order().ElementAt(values.Count / 2);
}
