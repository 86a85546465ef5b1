using System.Numerics;
using System.Text;
using Fib.Core.Sequence.Engine.Residues;
using Fib.Core.Sequence.Engine.Threads;

namespace Fib.Tests.Unit.Core.Sequence.Engine;

public sealed class DigitResidueTests
{
    [Fact]
    public void Of_AnyLength_EqualsBigInteger()
    {
        var random = new Random(61);
        for (var length = 1; length <= 400; length++)
        {
            var digits = RandomDigits(random, length);
            var expected = BigInteger.Parse(Encoding.ASCII.GetString(digits)) % Mersenne61.Prime;
            Assert.Equal((ulong)expected, DigitResidue.Of(digits));
        }
    }

    [Fact]
    public void Of_AllNines_StaysWithinItsBounds()
    {
        var digits = new byte[10_000];
        digits.AsSpan().Fill((byte)'9');
        Assert.Equal(Reference.Residue(digits, Mersenne61.Prime), DigitResidue.Of(digits));
    }

    [Theory]
    [InlineData(48_000)]
    [InlineData(120_001)]
    [InlineData(143_999)]
    public void Of_LongNumberInParts_EqualsTheWhole(int length)
    {
        using var team = Team.Start(Team.MinIndex, withHelpers: true);
        var digits = RandomDigits(new Random(length), length);
        Assert.Equal(DigitResidue.Of(digits), DigitResidue.Of(digits, team));
    }

    [Fact]
    public void Of_AnyOneDigitChanged_Differs()
    {
        var digits = RandomDigits(new Random(1), 1_000);
        var residue = DigitResidue.Of(digits);
        for (var place = 0; place < digits.Length; place++)
        {
            digits[place] ^= 1;
            Assert.NotEqual(residue, DigitResidue.Of(digits));
            digits[place] ^= 1;
        }
    }

    [Fact]
    public void Fibonacci_EqualsPlainDoubling()
    {
        for (var index = 0; index <= 700_000_000; index = index * 3 / 2 + 1)
            Assert.Equal(Reference.Term(index, Mersenne61.Prime), Mersenne61.Fibonacci(index));
    }

    private static byte[] RandomDigits(Random random, int length) =>
        [.. Enumerable.Range(0, length).Select(_ => (byte)random.Next('0', '9' + 1))];
}
