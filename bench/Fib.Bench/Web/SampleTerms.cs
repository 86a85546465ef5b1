using System.Globalization;

namespace Fib.Bench.Web;

/// <summary>F(0) to F(89), the stored terms of both systems: these benchmarks do not measure the computation.</summary>
internal static class SampleTerms
{
    public static string[] All { get; } = [.. Terms().Select(term => term.ToString(CultureInfo.InvariantCulture))];

    private static IEnumerable<long> Terms()
    {
        for (var (n, current, next) = (0, 0L, 1L); n < 90; n++)
        {
            yield return current;
            (current, next) = (next, current + next);
        }
    }
}
