using System.Diagnostics;
using System.Globalization;
using System.Text;
using Fib.Core.Sequence;

namespace Fib.Bench.Engine;

/// <summary>The figures as Markdown.</summary>
internal static class EngineReport
{
    public static string Table(int[] indexes)
    {
        var text = Heading("Terms: digits included, verification included, warm, one thread");
        text.Line($"| n | digits | engine ms | GMP ms | engine / GMP | BigInteger ms | BigInteger / engine |");
        text.Line($"|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var index in indexes)
        {
            var taken = Measurement.Take(index, Rounds(index), withBigInteger: true);
            text.Line($"| {index:N0} | {TermEngine.CountDigits(index):N0} | {taken.Engine:F4} | {taken.Gmp:F3} | {taken.Ratio:F4} | {taken.BigInteger:F2} | {taken.BigInteger / taken.Engine:F0} |");
        }
        return text.ToString();
    }

    /// <summary>Each index against the line through its neighbours, on logarithmic scales.</summary>
    public static string Smoothness()
    {
        const double Step = 1.09;
        var points = new List<(int Index, double Time)>();
        for (var index = 1_000.0; index <= 20_000_000; index *= Step)
            points.Add(((int)index, Measurement.Fastest((int)index, index < 1_000_000 ? 60 : 12)));
        var text = Heading("Smoothness: the fastest time of each n against the line through its neighbours");
        text.Line($"| n | engine ms | to the line |");
        text.Line($"|--:|--:|--:|");
        for (var i = 1; i + 1 < points.Count; i++)
            text.Line($"| {points[i].Index:N0} | {points[i].Time:F4} | {points[i].Time / Math.Sqrt(points[i - 1].Time * points[i + 1].Time):F3} |");
        return text.ToString();
    }

    /// <summary>The first call of this process, and what the process needed at its peak.</summary>
    public static string FirstCall(int index)
    {
        var start = Stopwatch.GetTimestamp();
        TermEngine.Compute(index);
        var first = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        start = Stopwatch.GetTimestamp();
        TermEngine.Compute(index);
        var second = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        using var process = Process.GetCurrentProcess();
        return string.Create(CultureInfo.InvariantCulture,
            $"F({index}): first call {first:F1} ms, second {second:F2} ms, process at its peak {process.PeakWorkingSet64 >> 20} MiB, estimate {TermEngine.EstimateMemory(index) / 1048576.0:F1} MiB\n");
    }

    public static string Rounding(int[] indexes)
    {
        var text = Heading("Rounding: the largest distance of a coefficient of the last product from a whole number");
        text.Line($"| n | base 10^5 | base 10^3 |");
        text.Line($"|--:|--:|--:|");
        foreach (var index in indexes)
            text.Line($"| {index:N0} | {RoundingError.Of(index, 5):G2} | {RoundingError.Of(index, 3):G2} |");
        return text.ToString();
    }

    private static int Rounds(int index) => index switch
    {
        <= 100_000 => 400,
        <= 10_000_000 => 20,
        _ => 5,
    };

    private static StringBuilder Heading(string title) => new StringBuilder().Line($"# {title}").Line($"").Line($"{Machine.Describe()}").Line($"");

    private static StringBuilder Line(this StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
