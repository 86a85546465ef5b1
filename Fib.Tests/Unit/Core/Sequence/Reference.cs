using System.Numerics;

namespace Fib.Tests.Unit.Core.Sequence;

/// <summary>Terms by the simplest algorithm, independent of the engine.</summary>
internal static class Reference
{
    /// <summary>2^61 - 1, which the engine also uses, and the largest prime below 2^62.</summary>
    public static readonly ulong[] Primes = [(1UL << 61) - 1, (1UL << 62) - 57];

    public static BigInteger Term(int index)
    {
        (BigInteger a, BigInteger b) = (0, 1);
        for (var bit = 30; bit >= 0; bit--)
        {
            (a, b) = (a * (2 * b - a), a * a + b * b);
            if ((index >> bit & 1) != 0)
                (a, b) = (b, a + b);
        }
        return a;
    }

    public static ulong Term(int index, ulong modulus)
    {
        (UInt128 a, UInt128 b) = (0, 1);
        for (var bit = 30; bit >= 0; bit--)
        {
            (a, b) = (a * ((2 * b + modulus - a) % modulus) % modulus, (a * a % modulus + b * b % modulus) % modulus);
            if ((index >> bit & 1) != 0)
                (a, b) = (b, (a + b) % modulus);
        }
        return (ulong)a;
    }

    public static ulong Residue(ReadOnlySpan<byte> digits, ulong modulus)
    {
        UInt128 residue = 0;
        while (!digits.IsEmpty)
        {
            var length = Math.Min(16, digits.Length);
            UInt128 power = (ulong)Math.Pow(10, length);
            residue = (residue * power + ulong.Parse(digits[..length], null)) % modulus;
            digits = digits[length..];
        }
        return (ulong)residue;
    }

    public static void AssertAgrees(int index, byte[] digits)
    {
        Assert.NotEqual((byte)'0', digits[0]);
        foreach (var prime in Primes)
            Assert.Equal(Term(index, prime), Residue(digits, prime));
    }
}
