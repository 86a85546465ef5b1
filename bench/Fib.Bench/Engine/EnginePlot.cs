using System.Globalization;
using System.Text;

namespace Fib.Bench.Engine;

/// <summary>Plots time against n for the engine, GMP and BigInteger, as an SVG with logarithmic axes.</summary>
internal static class EnginePlot
{
    private const double Left = 80, Top = 48, Width = 600, Height = 360;

    // Decades on the axes: n from 10^2 to 10^8, milliseconds from 10^-4 to 10^4.
    private const int FirstIndex = 2, LastIndex = 8, FirstTime = -4, LastTime = 4;

    public static string Draw()
    {
        var points = Indexes().Select(index => Measurement.Take(index, index < 5_000_000 ? 15 : 3)).ToList();
        var svg = new StringBuilder();
        svg.Append("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 720 470' ");
        svg.Line($"font-family='system-ui, sans-serif' font-size='13' role='img'>");
        svg.Line($"<title>Milliseconds for the decimal digits of F(n)</title>");
        svg.Line($"<rect width='720' height='470' fill='#fff'/>");
        svg.Line($"<text x='{Left}' y='28' font-size='16' fill='#222'>Milliseconds for the decimal digits of F(n), one thread</text>");
        Grid(svg);
        Curve(svg, "BigInteger", "#b45309", points.Where(p => p.BigInteger is not null).Select(p => (p.Index, p.BigInteger!.Value)));
        Curve(svg, "GMP", "#1d4ed8", points.Where(p => p.Gmp is not null).Select(p => (p.Index, p.Gmp!.Value)));
        Curve(svg, "engine", "#047857", points.Select(p => (p.Index, p.Engine)));
        return svg.Line($"</svg>").ToString();
    }

    private static IEnumerable<int> Indexes()
    {
        for (var decade = 100; decade < 100_000_000; decade *= 10)
        {
            yield return decade;
            yield return 2 * decade;
            yield return 5 * decade;
        }
        yield return 100_000_000;
    }

    private static void Grid(StringBuilder svg)
    {
        for (var power = FirstIndex; power <= LastIndex; power++)
        {
            var x = X(Math.Pow(10, power));
            var label = $"text-anchor='middle' fill='#444'>10{Superscript(power)}";
            svg.Line($"<path d='M{x:F1} {Top}v{Height}' stroke='#ddd'/><text x='{x:F1}' y='{Top + Height + 20}' {label}</text>");
        }
        for (var power = FirstTime; power <= LastTime; power++)
        {
            var y = Y(Math.Pow(10, power));
            var label = $"text-anchor='end' fill='#444'>10{Superscript(power)}";
            svg.Line($"<path d='M{Left} {y:F1}h{Width}' stroke='#ddd'/><text x='{Left - 10}' y='{y + 4:F1}' {label}</text>");
        }
        svg.Line($"<text x='{Left + Width / 2}' y='{Top + Height + 44}' text-anchor='middle' fill='#444'>n</text>");
    }

    private static void Curve(StringBuilder svg, string name, string color, IEnumerable<(int Index, double Time)> points)
    {
        var path = points.Select(p => (X: X(p.Index), Y: Y(p.Time))).ToList();
        if (path.Count == 0)
            return;
        var line = string.Join(" ", path.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.X:F1},{p.Y:F1}")));
        svg.Line($"<polyline points='{line}' fill='none' stroke='{color}' stroke-width='2.5'/>");
        var (x, y) = (path[^1].X - 8, path[^1].Y - 10);
        svg.Line($"<text x='{x:F1}' y='{y:F1}' text-anchor='end' fill='{color}' font-weight='600'>{name}</text>");
    }

    private static double X(double index) => Left + (Math.Log10(index) - FirstIndex) / (LastIndex - FirstIndex) * Width;

    private static double Y(double time) => Top + Height - (Math.Log10(time) - FirstTime) / (LastTime - FirstTime) * Height;

    private static string Superscript(int power) =>
        $"<tspan dy='-5' font-size='9'>{power}</tspan>";

    private static StringBuilder Line(this StringBuilder svg, FormattableString line) =>
        svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
