namespace Fib.Web.Charts;

/// <summary>Points as the text that SVG draws a line from.</summary>
internal static class Curve
{
    /// <summary>The attribute <c>points</c> of a <c>polyline</c>.</summary>
    public static string Of(IEnumerable<(double X, double Y)> points) =>
        string.Join(' ', points.Select(point => FormattableString.Invariant($"{point.X:0.#},{point.Y:0.#}")));
}
