using Fib.Core.Sequence;
using Fib.Redis.Backlog;

namespace Fib.Tests.Unit.Redis.Backlog;

public sealed class TermProgressTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(100)]
    public void Read_TextOfToString_ReturnsTheSameProgress(int percent)
    {
        var progress = new TermProgress(new SequenceIndex(10_000_000), percent);
        Assert.Equal(progress, TermProgress.Read(progress.ToString()));
    }

    [Theory]
    [InlineData("13")]
    [InlineData("12345678901234567890…12345678901234567890 (4180 digits)")]
    public void Read_TextOfAComputedTerm_ReturnsTheSameTerm(string preview)
    {
        var progress = TermProgress.Computed(new SequenceIndex(7), preview);
        Assert.Equal(progress, TermProgress.Read(progress.ToString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("7 101")]
    [InlineData("7 -1")]
    [InlineData("7 forty")]
    [InlineData("seven 40")]
    [InlineData("7 40 13")]
    [InlineData("7 40 more")]
    [InlineData("7 100 more")]
    [InlineData("7 100 ")]
    public void Read_AnyOtherText_ReturnsNull(string? text) => Assert.Null(TermProgress.Read(text));
}
