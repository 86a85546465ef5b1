using System.Diagnostics;
using System.Globalization;
using System.Text;
using Fib.Core.Sequence;
using Fib.Core.Sequence.Engine.Digits;

namespace Fib.Bench.Engine;

/// <summary>Formats the measurements as Markdown.</summary>
internal static class EngineReport
{
    public static string Table(int[] indexes)
    {
        var text = Heading("Terms: digits included, verification included, warm, processor time of one thread, median");
        text.Line($"| n | digits | engine ms | GMP ms | engine / GMP | FLINT ms | engine / FLINT | BigInteger ms | BigInteger / engine |");
        text.Line($"|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var index in indexes)
        {
            var times = Measurement.Take(index, Rounds(index));
            var digits = TermEngine.CountDigits(index);
            var toBigInteger = times.BigInteger / times.Engine;
            text.Append(CultureInfo.InvariantCulture, $"| {index:N0} | {digits:N0} | {times.Engine:F4} | {times.Gmp:F3} ");
            text.Line($"| {times.ToGmp:F4} | {times.Flint:F3} | {times.ToFlint:F3} | {times.BigInteger:F2} | {toBigInteger:F0} |");
        }
        return text.ToString();
    }

    public static string Threads(int[] indexes)
    {
        var text = Heading("Threads: the shortest wall-clock time of a term on one thread and on all, warm, measured in turn");
        text.Line($"| n | one thread ms | {TermEngine.MaxThreads(TermEngine.MaxIndex)} threads ms | ratio |");
        text.Line($"|--:|--:|--:|--:|");
        foreach (var index in indexes.Where(index => index >= 1_000_000))
        {
            var (one, all) = Measurement.TakeThreads(index, 4 * Rounds(index));
            text.Line($"| {index:N0} | {one:F4} | {all:F4} | {all / one:F2} |");
        }
        return text.ToString();
    }

    /// <summary>The ratio of each time to the line through the times of the adjacent indexes, on logarithmic scales.</summary>
    public static string Smoothness()
    {
        const double Step = 1.09;
        int[] indexes = [.. Enumerable.Range(0, 116).Select(i => (int)(1_000 * Math.Pow(Step, i)))];
        // Three sweeps, so that a disturbance affects adjacent indexes at most once.
        var sweeps = Enumerable.Range(0, 3)
            .Select(_ => indexes.Select(index => Measurement.Fastest(index, index < 1_000_000 ? 30 : 8)).ToArray()).ToArray();
        var points = indexes.Select((index, i) => (Index: index, Time: sweeps.Min(times => times[i]))).ToList();
        var text = Heading("Smoothness: the fastest time of each n against the line through its neighbours");
        text.Line($"| n | engine ms | to the line |");
        text.Line($"|--:|--:|--:|");
        for (var i = 1; i + 1 < points.Count; i++)
        {
            var line = Math.Sqrt(points[i - 1].Time * points[i + 1].Time);
            text.Line($"| {points[i].Index:N0} | {points[i].Time:F4} | {points[i].Time / line:F3} |");
        }
        return text.ToString();
    }

    /// <summary>The times of the first two calls in this process, and its peak memory beside the estimate.</summary>
    public static string FirstCall(int index)
    {
        var digits = new byte[TermEngine.CountDigits(index)];
        var first = ThreadClock.Milliseconds(() => TermEngine.ComputeAlone(index, digits), 1);
        var second = ThreadClock.Milliseconds(() => TermEngine.ComputeAlone(index, digits), 1);
        using var process = Process.GetCurrentProcess();
        var estimate = TermEngine.EstimateMemory(index) / 1048576.0;
        return string.Create(CultureInfo.InvariantCulture,
            $"F({index}): processor time of the first call {first:F1} ms, of the second {second:F2} ms; ")
            + string.Create(CultureInfo.InvariantCulture,
            $"peak memory of the process {process.PeakWorkingSet64 >> 20} MiB, estimate {estimate:F1} MiB\n");
    }

    public static string Rounding(int[] indexes)
    {
        var text = Heading("Rounding: the largest distance of a coefficient of the last product from a whole number");
        text.Line($"| n | fast base | | proven base | |");
        text.Line($"|--:|--:|--:|--:|--:|");
        foreach (var index in indexes)
        {
            var (fast, proven) = (LimbBase.FastFor(index), LimbBase.ProvenFor(index));
            text.Append(CultureInfo.InvariantCulture, $"| {index:N0} | 10^{fast.Digits} | {RoundingError.Of(index, fast):G2} ");
            text.Line($"| 10^{proven.Digits} | {RoundingError.Of(index, proven):G2} |");
        }
        return text.ToString();
    }

    private static int Rounds(int index) => index switch
    {
        <= 100_000 => 60,
        <= 10_000_000 => 20,
        _ => 5,
    };

    private static StringBuilder Heading(string title) =>
        new StringBuilder().Line($"# {title}").Line($"").Line($"{Machine.Describe()}").Line($"");

    private static StringBuilder Line(this StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
