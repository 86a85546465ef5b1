using Fib.Web.Charts;

namespace Fib.Tests.Web.Charts;

public sealed class GoldenRatioTests
{
    [Fact]
    public void Ratios_TheFirst_AreThoseOfTheFirstTerms() =>
        Assert.Equal([new(1, 1, 1), new(2, 1, 2), new(3, 2, 1.5), new(4, 3, 5.0 / 3), new RatioPoint(5, 5, 1.6)], GoldenRatio.Ratios(5));

    [Fact]
    public void Ratios_Each_IsNearerToTheGoldenRatioAndOnItsOtherSide()
    {
        var distances = GoldenRatio.Ratios(20).Select(point => point.Ratio - GoldenRatio.Limit).ToArray();
        Assert.All(distances.Zip(distances.Skip(1)), pair =>
        {
            Assert.True(Math.Abs(pair.Second) < Math.Abs(pair.First));
            Assert.True(Math.Sign(pair.Second) == -Math.Sign(pair.First));
        });
        Assert.InRange(Math.Abs(distances[^1]), 0, 1e-7);
    }

    [Fact]
    public void Ratios_TheLastAllowed_IsOfTheExactTerm()
    {
        Assert.Equal(5_527_939_700_884_757, GoldenRatio.Ratios(77)[^1].Term);
        Assert.Throws<ArgumentOutOfRangeException>(() => GoldenRatio.Ratios(78));
    }
}
