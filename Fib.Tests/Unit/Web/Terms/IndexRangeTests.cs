using Fib.Web.Terms;

namespace Fib.Tests.Unit.Web.Terms;

public sealed class IndexRangeTests
{
    private static readonly IndexRange Range = new(1_000);

    [Fact]
    public void GetNeighbours_Index_AreInTheRange()
    {
        Assert.Equal((null, 1), Range.GetNeighbours(0));
        Assert.Equal((998, 1_000), Range.GetNeighbours(999));
        Assert.Equal((999, null), Range.GetNeighbours(1_000));
        Assert.Equal((null, null), Range.GetNeighbours(2_000));
    }

    [Fact]
    public void ToString_Range_HasItsEnds() => Assert.Equal("from 0 to 1,000", Range.ToString());
}
