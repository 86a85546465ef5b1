using System.Diagnostics;
using Fib.Core.Sequence;

namespace Fib.Bench.Engine;

/// <summary>
/// Median milliseconds of processor time for one index. Every engine except BigInteger writes into the same memory. The ratio is the
/// median over pairs measured directly after each other, which is least sensitive to other load.
/// </summary>
/// <param name="Index">The index of the term.</param>
/// <param name="Engine">The engine's time.</param>
/// <param name="Gmp">GMP's time.</param>
/// <param name="ToGmp">Engine / GMP.</param>
/// <param name="Flint">FLINT's time.</param>
/// <param name="ToFlint">Engine / FLINT.</param>
/// <param name="BigInteger">The time of the class library.</param>
internal sealed record Measurement(
    int Index, double Engine, double? Gmp, double? ToGmp, double? Flint, double? ToFlint, double? BigInteger)
{
    private const int MaxIndexForBigInteger = 1_000_000;

    public static Measurement Take(int index, int rounds)
    {
        var target = new byte[TermEngine.CountDigits(index) + 2];
        var digits = target.AsMemory(0, TermEngine.CountDigits(index));
        var repeat = Repeat(index);
        Warm(() => TermEngine.ComputeAlone(index, digits), index <= 100_000 ? 2 : 0.5);
        List<double> engine = [], gmp = [], toGmp = [], flint = [], toFlint = [];
        using var library = Bench.Engine.Flint.IsInstalled ? new Flint(target.Length) : null;
        for (var i = 0; i < rounds; i++)
        {
            engine.Add(ThreadClock.Milliseconds(() => TermEngine.ComputeAlone(index, digits), repeat));
            if (library is not null)
            {
                flint.Add(ThreadClock.Milliseconds(() => library.Compute(index, target), repeat));
                toFlint.Add(engine[^1] / flint[^1]);
            }
            if (Bench.Engine.Gmp.IsInstalled)
            {
                gmp.Add(ThreadClock.Milliseconds(() => Bench.Engine.Gmp.Compute(index, target), repeat));
                toGmp.Add(engine[^1] / gmp[^1]);
            }
        }
        return new(
            index, Median(engine)!.Value, Median(gmp), Median(toGmp), Median(flint), Median(toFlint), TakeBigInteger(index));
    }

    /// <summary>
    /// The shortest wall-clock milliseconds on one thread and on all, measured in turn: other load only ever lengthens a time.
    /// </summary>
    public static (double One, double All) TakeThreads(int index, int rounds)
    {
        var digits = new byte[TermEngine.CountDigits(index)];
        Warm(() => TermEngine.Compute(index, digits), 0.5);
        Warm(() => TermEngine.ComputeAlone(index, digits), 0.5);
        var (one, all) = (double.MaxValue, double.MaxValue);
        for (var i = 0; i < rounds; i++)
        {
            one = Math.Min(one, WallMilliseconds(() => TermEngine.ComputeAlone(index, digits)));
            all = Math.Min(all, WallMilliseconds(() => TermEngine.Compute(index, digits)));
        }
        return (one, all);
    }

    private static double WallMilliseconds(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>The engine's fastest time in milliseconds, which is least sensitive to other load.</summary>
    public static double Fastest(int index, int rounds)
    {
        var digits = new byte[TermEngine.CountDigits(index)];
        Warm(() => TermEngine.ComputeAlone(index, digits), 0.05);
        return Enumerable.Range(0, rounds).Min(_ => ThreadClock.Milliseconds(() => TermEngine.ComputeAlone(index, digits), Repeat(index)));
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
