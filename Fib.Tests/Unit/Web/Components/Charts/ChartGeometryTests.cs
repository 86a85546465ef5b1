using Fib.Web.Components.Charts;

namespace Fib.Tests.Unit.Web.Components.Charts;

public sealed class ChartGeometryTests
{
    [Theory]
    [InlineData(1, 100)]
    [InlineData(2, 0)]
    [InlineData(1.5, 50)]
    [InlineData(1.618, 38.2)]
    public void LinearScale_Value_HasAProportionalCoordinateOnAnAxisThatPointsUp(double value, double coordinate) =>
        Assert.Equal(coordinate, new LinearScale(1, 2, 100, 0).GetCoordinate(value));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(10, 1)]
    [InlineData(11, 2)]
    [InlineData(1_000, 3)]
    [InlineData(1_001, 4)]
    [InlineData(100_000_000, 8)]
    public void LogScale_LargestValue_SetsTheEndOfTheAxis(long largest, int exponent) =>
        Assert.Equal(exponent, new LogScale(largest, 0, 100).MaxExponent);

    [Theory]
    [InlineData(0, 10)]
    [InlineData(1, 10)]
    [InlineData(10, 110)]
    [InlineData(1_000, 310)]
    [InlineData(2_000, 340.1)]
    public void LogScale_Value_HasTheCoordinateOfItsLogarithm(double value, double coordinate) =>
        Assert.Equal(coordinate, new LogScale(5_000, 10, 410).GetCoordinate(value));

    [Fact]
    public void FormatPoints_Points_AreInTheFormatOfSvg() =>
        Assert.Equal("0,1.5 -2,3.3", ChartGeometry.FormatPoints([(0, 1.5), (-2, 3.25 + .05)]));
}
