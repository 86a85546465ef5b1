using System.Text;
using Fib.Core.Sequence;

namespace Fib.Tests.Unit.Core.Sequence;

public sealed class TermPreviewTests
{
    [Fact]
    public void Of_AThousandDigits_IsWhole()
    {
        var digits = new string('7', 1000);
        Assert.Equal(digits, TermPreview.Of(Encoding.ASCII.GetBytes(digits)));
    }

    [Fact]
    public void Of_OneDigitMore_IsBothEndsAndTheCount()
    {
        var digits = "12345678901234567890" + new string('0', 961) + "09876543210987654321";
        Assert.Equal("12345678901234567890…09876543210987654321 (1001 digits)", TermPreview.Of(Encoding.ASCII.GetBytes(digits)));
    }

    [Fact]
    public void Shorten_FromBothEnds_EqualsOf()
    {
        var digits = Encoding.ASCII.GetBytes(new string('1', 600) + new string('2', 600));
        Assert.Equal(TermPreview.Of(digits), TermPreview.Shorten(new string('1', 20), new string('2', 20), 1200));
    }
}
