using System.Diagnostics;
using Fib.Core.Sequence;

namespace Fib.Bench.Engine;

/// <summary>Median milliseconds for one index. The ratio is of pairs measured back to back, which a noisy machine distorts least.</summary>
internal sealed record Measurement(int Index, double Engine, double? Gmp, double? Ratio, double? BigInteger)
{
    private const int LastPatientForBigInteger = 1_000_000;

    public static Measurement Take(int index, int rounds, bool withBigInteger)
    {
        var target = new byte[TermEngine.CountDigits(index) + 2];
        Warm(() => TermEngine.Compute(index));
        List<double> engine = [], gmp = [], ratios = [];
        for (var i = 0; i < rounds; i++)
        {
            engine.Add(Milliseconds(() => TermEngine.Compute(index)));
            if (!Bench.Engine.Gmp.IsInstalled)
                continue;
            gmp.Add(Milliseconds(() => Bench.Engine.Gmp.Compute(index, target)));
            ratios.Add(engine[^1] / gmp[^1]);
        }
        double? bigInteger = withBigInteger && index <= LastPatientForBigInteger
            ? Median([.. Enumerable.Range(0, 3).Select(_ => Milliseconds(() => PlainBigInteger.Compute(index)))])
            : null;
        return new(index, Median(engine)!.Value, Median(gmp), Median(ratios), bigInteger);
    }

    /// <summary>The engine's fastest time, the least disturbed.</summary>
    public static double Fastest(int index, int rounds)
    {
        Warm(() => TermEngine.Compute(index), 0.05);
        return Enumerable.Range(0, rounds).Min(_ => Milliseconds(() => TermEngine.Compute(index)));
    }

    // Long enough for the runtime to have compiled everything for good.
    private static void Warm(Action action, double seconds = 0.5)
    {
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < seconds;)
            action();
    }

    private static double Milliseconds(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double? Median(List<double> values) => values.Count == 0 ? null : values.Order().ElementAt(values.Count / 2);
}
