using Fib.Core.Sequence;

namespace Fib.Web.Terms;

/// <summary>What is true of F(n) and can be said from its index, its digit count and its first digits.</summary>
internal static class TermFacts
{
    private const int MostDivisors = 8;

    /// <summary>The m in m × 10^e, such as 2.597… where e is the digit count less one; null for a number that is short enough to be read.</summary>
    public static string? Mantissa(string first, long digits) => digits <= 15 ? null : $"{first[0]}.{first[1..4]}…";

    /// <summary>Every third Fibonacci number is even, and no other is.</summary>
    public static string Parity(int index) => index % 3 == 0 ? "even, since 3 divides its index" : "odd, since 3 does not divide its index";

    /// <summary>Divisors d of the index other than 1, 2 and itself: F(d) divides F(n). The largest come first.</summary>
    public static IReadOnlyList<int> Divisors(int index)
    {
        var divisors = new SortedSet<int>();
        for (var low = 1; (long)low * low <= index && index > 0; low++)
        {
            if (index % low == 0)
                divisors.UnionWith([low, index / low]);
        }

        return [.. divisors.Where(divisor => divisor > 2 && divisor < index).Reverse().Take(MostDivisors)];
    }

    /// <summary>The indexes before and after, as far as there are such.</summary>
    public static (int? Before, int? After) Neighbours(int index) => (index > 0 ? index - 1 : null, index < SequenceIndex.Limit ? index + 1 : null);
}
