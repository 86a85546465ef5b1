using System.Globalization;
using System.Numerics;

namespace Fib.Tests.Support;

/// <summary>The terms by their definition (OEIS A000045), independent of the engine under test.</summary>
internal static class Fibonacci
{
    public static string Term(int index)
    {
        var (term, next) = (BigInteger.Zero, BigInteger.One);
        for (var step = 0; step < index; step++)
            (term, next) = (next, term + next);
        return term.ToString(CultureInfo.InvariantCulture);
    }
}
