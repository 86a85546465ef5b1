namespace Fib.Web.Charts;

/// <summary>How the ratio of neighbouring terms approaches the golden ratio.</summary>
internal static class GoldenRatio
{
    /// <summary>(1 + √5) / 2, where the ratios end up.</summary>
    public static readonly double Limit = (1 + Math.Sqrt(5)) / 2;

    /// <summary>F(n + 1) / F(n) for n from 1 up to <paramref name="count"/>, at most 77: terms beyond F(78) are not exact as numbers here.</summary>
    public static IReadOnlyList<RatioPoint> Ratios(int count)
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
