using Fib.Web.Components.Charts;

namespace Fib.Tests.Unit.Web.Components.Charts;

public sealed class GoldenRatioTests
{
    [Fact]
    public void GetRatios_Five_AreThoseOfTheFirstTerms() =>
        Assert.Equal([new(1, 1, 1), new(2, 1, 2), new(3, 2, 1.5), new(4, 3, 5.0 / 3), new RatioPoint(5, 5, 1.6)], GoldenRatio.GetRatios(5));

    [Fact]
    public void GetRatios_Twenty_ConvergeToTheGoldenRatioFromAlternatingSides()
    {
        var distances = GoldenRatio.GetRatios(20).Select(point => point.Ratio - GoldenRatio.Limit).ToArray();
        Assert.All(distances.Zip(distances.Skip(1)), pair =>
        {
            Assert.True(Math.Abs(pair.Second) < Math.Abs(pair.First));
            Assert.True(Math.Sign(pair.Second) == -Math.Sign(pair.First));
        });
        Assert.InRange(Math.Abs(distances[^1]), 0, 1e-7);
    }

    [Fact]
    public void GetRatios_Maximum_IsOfTheExactTerm()
    {
        Assert.Equal(5_527_939_700_884_757, GoldenRatio.GetRatios(77)[^1].Term);
        Assert.Throws<ArgumentOutOfRangeException>(() => GoldenRatio.GetRatios(78));
    }
}
