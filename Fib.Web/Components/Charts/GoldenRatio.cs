namespace Fib.Web.Components.Charts;

/// <summary>The ratios of consecutive terms, which converge to the golden ratio.</summary>
internal static class GoldenRatio
{
    /// <summary>(1 + √5) / 2, the limit of the ratios.</summary>
    public static readonly double Limit = (1 + Math.Sqrt(5)) / 2;

    /// <summary>
    /// F(n + 1) / F(n) for n from 1 to <paramref name="count"/>, at most 77: terms beyond F(78) exceed the exact integers of a double.
    /// </summary>
    public static IReadOnlyList<RatioPoint> GetRatios(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 77);
        var ratios = new List<RatioPoint>(count);
        (long term, long next) = (1, 1);
        for (var index = 1; index <= count; index++)
        {
            ratios.Add(new RatioPoint(index, term, (double)next / term));
            (term, next) = (next, term + next);
        }

        return ratios;
    }
}

/// <summary>The ratio of two consecutive terms.</summary>
/// <param name="Index">n.</param>
/// <param name="Term">F(n).</param>
/// <param name="Ratio">F(n + 1) / F(n).</param>
internal sealed record RatioPoint(int Index, long Term, double Ratio);
