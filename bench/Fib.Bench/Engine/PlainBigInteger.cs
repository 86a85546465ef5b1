using System.Globalization;
using System.Numerics;

namespace Fib.Bench.Engine;

/// <summary>Computes a term with the class library alone: fast doubling over BigInteger, and its ToString.</summary>
internal static class PlainBigInteger
{
    public static string Compute(int index)
    {
        (BigInteger a, BigInteger b) = (0, 1);
        for (var bit = 31 - int.LeadingZeroCount(index); bit >= 0; bit--)
        {
            (a, b) = (a * (2 * b - a), a * a + b * b);
            if ((index >> bit & 1) != 0)
                (a, b) = (b, a + b);
        }
        return a.ToString(CultureInfo.InvariantCulture);
    }
}
