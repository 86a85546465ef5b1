using Fib.Core.Sequence;

namespace Fib.Tests.Unit.Core.Sequence;

public sealed class SequenceIndexTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("7", 7)]
    [InlineData("007", 7)]
    [InlineData("0000000000000000000000", 0)]
    [InlineData(" 7", 7)]
    [InlineData("7\t", 7)]
    [InlineData(" \t 0042 \t ", 42)]
    [InlineData("1000", 1000)]
    public void Read_OneWholeNumber_IsAccepted(string text, int value)
    {
        Assert.Equal(IndexVerdict.Accepted, SequenceIndex.Read(text, 1000, out var index));
        Assert.Equal(value, index.Value);
    }

    [Theory]
    [InlineData("1001")]
    [InlineData("0001001")]
    [InlineData("2147483647")]
    [InlineData("2147483648")]
    [InlineData("18446744073709551616")]
    [InlineData("999999999999999999999999999999999999999999999999999999999999")]
    public void Read_AboveTheMaximum_IsTooHigh(string text)
    {
        Assert.Equal(IndexVerdict.TooHigh, SequenceIndex.Read(text, 1000, out var index));
        Assert.Equal(0, index.Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("-1")]
    [InlineData("-0")]
    [InlineData("+7")]
    [InlineData("7.0")]
    [InlineData("7e0")]
    [InlineData("7 8")]
    [InlineData("0x7")]
    [InlineData("1,000")]
    [InlineData("seven")]
    [InlineData("\n7")]
    [InlineData("7\r\n")]
    [InlineData("\u00a07")]
    [InlineData("\u0667")]
    [InlineData("\uff17")]
    [InlineData("7\0")]
    public void Read_OtherText_IsNotAWholeNumber(string text) =>
        Assert.Equal(IndexVerdict.NotAWholeNumber, SequenceIndex.Read(text, 1000, out _));

    [Fact]
    public void Read_MaximumAboveTheLimitOfTheEngine_LimitApplies()
    {
        Assert.Equal(IndexVerdict.Accepted, SequenceIndex.Read("100000000", int.MaxValue, out var index));
        Assert.Equal(SequenceIndex.Limit, index.Value);
        Assert.Equal(IndexVerdict.TooHigh, SequenceIndex.Read("100000001", int.MaxValue, out _));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(SequenceIndex.Limit + 1)]
    public void Constructor_OutOfRange_Throws(int value) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SequenceIndex(value));

    [Fact]
    public void ToString_IsCanonical()
    {
        SequenceIndex.Read(" 0042 ", 1000, out var index);
        Assert.Equal("42", index.ToString());
        Assert.Equal(new SequenceIndex(42), index);
    }
}
