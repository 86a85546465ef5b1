namespace Fib.Web.Components.Charts;

/// <summary>Formats coordinates for SVG.</summary>
internal static class ChartGeometry
{
    /// <summary>The attribute <c>points</c> of a <c>polyline</c>.</summary>
    public static string FormatPoints(IEnumerable<(double X, double Y)> points) =>
        string.Join(' ', points.Select(point => FormattableString.Invariant($"{point.X:0.#},{point.Y:0.#}")));
}

/// <summary>Maps values linearly to the coordinates of an axis.</summary>
/// <param name="First">The value at <paramref name="From"/>.</param>
/// <param name="Last">The value at <paramref name="To"/>; not <paramref name="First"/>.</param>
/// <param name="From">A coordinate.</param>
/// <param name="To">A coordinate; below <paramref name="From"/> for an axis that points up.</param>
internal sealed record LinearScale(double First, double Last, double From, double To)
{
    /// <summary>The coordinate of a value, rounded to a tenth: finer than a screen resolves.</summary>
    public double GetCoordinate(double value) => Math.Round(From + ((value - First) / (Last - First) * (To - From)), 1);
}

/// <summary>Maps whole numbers of 0 or more to the coordinates of a logarithmic axis. 0, which has no logarithm, is drawn at 1.</summary>
internal sealed class LogScale
{
    private readonly LinearScale _exponents;

    /// <summary>An axis from 1 to the first power of ten that is not below the largest value, and at least to 10.</summary>
    public LogScale(long largest, double from, double to)
    {
        MaxExponent = 1;
        for (var end = 10L; end < largest; end *= 10)
            MaxExponent++;
        _exponents = new LinearScale(0, MaxExponent, from, to);
    }

    /// <summary>The exponent of ten at the end of the axis.</summary>
    public int MaxExponent { get; }

    /// <summary>The coordinate of a value, rounded to a tenth.</summary>
    public double GetCoordinate(double value) => _exponents.GetCoordinate(Math.Log10(Math.Max(value, 1)));
}
