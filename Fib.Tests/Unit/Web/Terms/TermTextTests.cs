using Fib.Web.Terms;

namespace Fib.Tests.Unit.Web.Terms;

public sealed class TermTextTests
{
    [Theory]
    [InlineData(100, "1111111111", false)]
    [InlineData(101, "11111111111111111111…11111111111111111111 (101 digits)", true)]
    public void Shorten_Term_IsWholeUpToAHundredDigits(int digits, string start, bool isShort)
    {
        var shown = TermText.Shorten(new string('1', digits));
        Assert.StartsWith(start, shown, StringComparison.Ordinal);
        Assert.Equal(isShort ? start.Length : digits, shown.Length);
    }

    [Fact]
    public void Shorten_TermShortenedByTheApi_IsUnchanged() =>
        Assert.Equal("12…34 (2000 digits)", TermText.Shorten("12…34 (2000 digits)"));

    [Theory]
    [InlineData("13", 0, "13")]
    [InlineData("12345678901234", 0, "1234567890 1234")]
    [InlineData("12345678901234", 7, "123 4567890123 4")]
    [InlineData("12", 5, "12")]
    public void Group_Digits_DependsOnTheirOffsetInTheTerm(string digits, long offset, string grouped) =>
        Assert.Equal(grouped, TermText.Group(digits, offset));

    [Theory]
    [InlineData(1, "1 digit")]
    [InlineData(20_899, "20,899 digits")]
    public void Count_Number_HasItsNoun(long number, string text) => Assert.Equal(text, TermText.Count(number, "digit"));
}
