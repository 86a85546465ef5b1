using System.Globalization;
using System.Numerics;

namespace Fib.Tests.Support;

/// <summary>Terms by their definition (OEIS A000045), independent of the engine.</summary>
internal static class Fibonacci
{
    /// <summary>A term in the form of <c>current</c>: shortened if it has more than 1,000 digits.</summary>
    public static string Shown(int index) => Term(index) is { Length: > 1_000 } term
        ? $"{term[..20]}…{term[^20..]} ({term.Length} digits)"
        : Term(index);

    public static string Term(int index)
    {
        var (term, next) = (BigInteger.Zero, BigInteger.One);
        for (var step = 0; step < index; step++)
            (term, next) = (next, term + next);
        return term.ToString(CultureInfo.InvariantCulture);
    }
}
