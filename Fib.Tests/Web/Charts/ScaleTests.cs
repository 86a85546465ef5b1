using Fib.Web.Charts;

namespace Fib.Tests.Web.Charts;

public sealed class ScaleTests
{
    [Theory]
    [InlineData(1, 100)]
    [InlineData(2, 0)]
    [InlineData(1.5, 50)]
    [InlineData(1.618, 38.2)]
    public void Linear_AValue_LiesInProportionOnAnAxisThatPointsUp(double value, double coordinate) =>
        Assert.Equal(coordinate, new LinearScale(1, 2, 100, 0).At(value));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(10, 1)]
    [InlineData(11, 2)]
    [InlineData(1_000, 3)]
    [InlineData(1_001, 4)]
    [InlineData(100_000_000, 8)]
    public void Log_TheLargestValue_SetsTheEndOfTheAxis(long largest, int powers) => Assert.Equal(powers, new LogScale(largest, 0, 100).Powers);

    [Theory]
    [InlineData(0, 10)]
    [InlineData(1, 10)]
    [InlineData(10, 110)]
    [InlineData(1_000, 310)]
    [InlineData(2_000, 340.1)]
    public void Log_AValue_LiesByItsPowerOfTen(double value, double coordinate) => Assert.Equal(coordinate, new LogScale(5_000, 10, 410).At(value));

    [Fact]
    public void Curve_Points_AreWrittenAsSvgReadsThem() => Assert.Equal("0,1.5 -2,3.3", Curve.Of([(0, 1.5), (-2, 3.25 + .05)]));
}
