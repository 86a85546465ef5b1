using System.Numerics;
using System.Text;
using Fib.Core.Sequence;
using Fib.Core.Sequence.Engine;
using Fib.Core.Sequence.Engine.Digits;

namespace Fib.Tests.Unit.Core.Sequence;

public sealed class TermEngineTests
{
    [Theory]
    [MemberData(nameof(EnginePaths.Widths), MemberType = typeof(EnginePaths))]
    public void EveryIndexUpTo3000_EqualsBigInteger(int width)
    {
        EnginePaths.SkipUnlessSupported(width);
        (BigInteger a, BigInteger b) = (0, 1);
        for (var index = 0; index <= 3000; index++, (a, b) = (b, a + b))
            Assert.Equal($"{a}", Encoding.ASCII.GetString(EnginePaths.Compute(index, width)));
    }

    [Theory]
    [MemberData(nameof(EnginePaths.Widths), MemberType = typeof(EnginePaths))]
    public void RandomIndexesUpToTenMillion_AgreeUnderTwoPrimes(int width)
    {
        EnginePaths.SkipUnlessSupported(width);
        var random = new Random(width);
        for (var i = 0; i < 40; i++)
        {
            var index = random.Next(10_000_001);
            Reference.AssertAgrees(index, EnginePaths.Compute(index, width));
        }
    }

    [Theory]
    [MemberData(nameof(EnginePaths.Widths), MemberType = typeof(EnginePaths))]
    public void IndexesAroundPowersOfTwo_AgreeUnderTwoPrimes(int width)
    {
        EnginePaths.SkipUnlessSupported(width);
        for (var power = 4; power <= 1 << 22; power *= 2)
        {
            for (var index = power - 1; index <= power + 1; index++)
                Reference.AssertAgrees(index, EnginePaths.Compute(index, width));
        }
    }

    [Theory]
    [MemberData(nameof(EnginePaths.Widths), MemberType = typeof(EnginePaths))]
    public void ProvenBase_GivesTheSameDigits(int width)
    {
        EnginePaths.SkipUnlessSupported(width);
        foreach (var index in new[] { 94, 1_000, 12_345, 777_777, 10_000_000 })
        {
            var digits = TermEngine.Compute(index);
            foreach (var limbBase in new[] { LimbBase.ProvenFor(index), LimbBase.ProvenFor(TermEngine.MaxIndex) })
                Assert.Equal(digits, EnginePaths.ComputeProven(index, width, limbBase));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(93)]
    [InlineData(5_000)]
    [InlineData(12_345)]
    public void IsTerm_OnlyForTheDigitsOfTheIndex(int index)
    {
        var digits = TermEngine.Compute(index);
        Assert.True(TermEngine.IsTerm(index, digits));
        Assert.False(TermEngine.IsTerm(index + 3, digits));
        Assert.False(TermEngine.IsTerm(index, [.. "0"u8, .. digits]));
        Assert.False(TermEngine.IsTerm(index, []));
        digits[^1] ^= 1;
        Assert.False(TermEngine.IsTerm(index, digits));
        digits[^1] = (byte)'x';
        Assert.False(TermEngine.IsTerm(index, digits));
    }

    [Fact]
    public void RandomIndexesUpTo300000_EqualBigIntegerOnEveryPath() => AssertEqualBigInteger(60);

    [LongFact]
    public void FiveHundredIndexesUpTo300000_EqualBigIntegerOnEveryPath() => AssertEqualBigInteger(500);

    [LongFact]
    public void LargeIndexes_AgreeUnderTwoPrimesOnEveryPath()
    {
        var random = new Random(10_000_000);
        var indexes = Enumerable.Range(0, 200).Select(_ => random.Next(10_000_001)).ToList();
        for (var power = 1 << 23; power <= 1 << 26; power *= 2)
            indexes.AddRange([power - 1, power, power + 1]);
        foreach (var index in indexes.Append(SequenceIndex.Limit))
            AssertOnEveryPath(width => Reference.AssertAgrees(index, EnginePaths.Compute(index, width)));
    }

    [LongFact]
    public void LargestIndex_AgreesUnderTwoPrimes() => Reference.AssertAgrees(TermEngine.MaxIndex, TermEngine.Compute(TermEngine.MaxIndex));

    private static void AssertEqualBigInteger(int count)
    {
        var random = new Random(300_000);
        for (var i = 0; i < count; i++)
        {
            var index = random.Next(300_001);
            var expected = Encoding.ASCII.GetBytes($"{Reference.Term(index)}");
            AssertOnEveryPath(width => Assert.Equal(expected, EnginePaths.Compute(index, width)));
        }
    }

    private static void AssertOnEveryPath(Action<int> assert)
    {
        foreach (var width in Enum.GetValues<VectorWidth>().Where(width => width.IsSupported()))
            assert((int)width);
    }
}
