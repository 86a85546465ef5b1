using System.Globalization;

namespace Fib.Bench.Web;

/// <summary>The result of one run of a workload.</summary>
/// <param name="Rate">Requests per second; null if only times are measured.</param>
/// <param name="P50">The median time in milliseconds.</param>
/// <param name="P99">The 99th percentile in milliseconds.</param>
internal sealed record Figure(double? Rate, double P50, double P99)
{
    /// <summary>The processor time of each process in microseconds per request.</summary>
    public IReadOnlyDictionary<string, double> Cost { get; init; } = new Dictionary<string, double>();

    /// <summary>The median of each figure over several runs.</summary>
    public static Figure Median(IReadOnlyList<Figure> runs) => new(
        runs[0].Rate is null ? null : Median(runs.Select(run => run.Rate!.Value)),
        Median(runs.Select(run => run.P50)),
        Median(runs.Select(run => run.P99)))
    {
        Cost = runs.SelectMany(run => run.Cost).GroupBy(cost => cost.Key)
            .ToDictionary(group => group.Key, group => Median(group.Select(cost => cost.Value))),
    };

    /// <summary>The percentiles of single times in milliseconds.</summary>
    public static Figure OfTimes(IEnumerable<double> times)
    {
        double[] sorted = [.. times.Order()];
        return new Figure(null, sorted[sorted.Length / 2], sorted[(int)(sorted.Length * 0.99)]);
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2;
    }

    /// <summary>The ratio to another figure, above 1 if this one is better: of the rates, or inversely of the median times.</summary>
    public double RatioTo(Figure other) => Rate is { } rate ? rate / other.Rate!.Value : other.P50 / P50;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{(Rate is { } rate ? $"{rate:N0}/s, " : "")}{P50:0.##} / {P99:0.##} ms");
}
