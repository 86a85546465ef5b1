using System.Globalization;

namespace Fib.Bench.Web;

/// <summary>The goal of a workload behind one proxy, beside Express in the same session.</summary>
/// <param name="Ratio">The minimum ratio to Express, of the rates or inversely of the median times.</param>
/// <param name="P99">The maximum 99th percentile in milliseconds; null if any is accepted.</param>
/// <param name="ComparesP99">Whether the 99th percentile may not exceed that of Express.</param>
internal sealed record Goal(double Ratio, double? P99 = null, bool ComparesP99 = false)
{
    public bool IsReachedBy(Figure figure, Figure express) =>
        figure.RatioTo(express) >= Ratio && figure.P99 <= (P99 ?? double.MaxValue)
        && (!ComparesP99 || figure.P99 <= express.P99);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $">= {Ratio}x{(P99 is { } limit ? $", p99 <= {limit} ms" : "")}{(ComparesP99 ? ", p99 too" : "")}");
}
