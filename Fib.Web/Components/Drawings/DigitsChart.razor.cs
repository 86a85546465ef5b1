using Fib.Core.Sequence;
using Fib.Web.Charts;
using Fib.Web.Terms;
using Microsoft.AspNetCore.Components;

namespace Fib.Web.Components.Drawings;

/// <summary>How many digits terms have, against their index; both axes logarithmic.</summary>
public sealed partial class DigitsChart
{
    private const int Left = 40, Right = 304, Top = 22, Bottom = 170;
    private const int StepsPerPower = 8;

    /// <summary>The terms that are marked, smallest index first.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<DigitsPoint> Points { get; set; } = [];

    private LogScale X { get; set; } = null!;

    private LogScale Y { get; set; } = null!;

    /// <summary>The digit counts of all indexes, as a line.</summary>
    private string Law => Curve.Of(
        Enumerable.Range(0, (X.Powers * StepsPerPower) + 1).Select(step => (int)Math.Round(Math.Pow(10, (double)step / StepsPerPower)))
            .Select(index => (X.At(index), Y.At(TermEngine.CountDigits(index)))));

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        // Wide enough for the line to rise, whatever is there.
        X = new LogScale(Math.Max(1_000, Points is [.., var last] ? last.Index : 0), Left, Right);
        Y = new LogScale(TermEngine.CountDigits((int)Ten(X.Powers)), Bottom, Top);
    }

    private static double Ten(int power) => Math.Pow(10, power);

    private static string Label(int power) => $"{Ten(power % 3)}{(power / 3) switch { 0 => "", 1 => "k", _ => "M" }}";

    private static string Say(DigitsPoint point) => $"F({TermText.Count(point.Index)}) has {TermText.Count(point.Digits, "digit")}";
}
