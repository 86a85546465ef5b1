namespace Fib.Web.Terms;

/// <summary>Facts about F(n) that follow from its index, its digit count and its first digits.</summary>
internal static class TermFacts
{
    /// <summary>The m in m × 10^e, such as 2.597… with e = digit count − 1; null for a number of at most 15 digits.</summary>
    public static string? Mantissa(string first, long digits) => digits <= 15 ? null : $"{first[0]}.{first[1..4]}…";

    /// <summary>F(n) is even exactly if 3 divides n.</summary>
    public static string Parity(int index) => index % 3 == 0 ? "even, since 3 divides its index" : "odd, since 3 does not divide its index";

    /// <summary>The divisors d of the index other than 1, 2 and itself, largest first: F(d) divides F(n).</summary>
    public static IReadOnlyList<int> Divisors(int index)
    {
        var divisors = new SortedSet<int>();
        for (var low = 1; (long)low * low <= index && index > 0; low++)
        {
            if (index % low == 0)
                divisors.UnionWith([low, index / low]);
        }

        return [.. divisors.Where(divisor => divisor > 2 && divisor < index).Reverse()];
    }
}
