using Fib.Core.Sequence;
using Fib.Core.Contracts;
using Fib.Web.Terms;
using Microsoft.AspNetCore.Components;

namespace Fib.Web.Components.Charts;

/// <summary>The number of digits of terms against their index; both axes are logarithmic.</summary>
public sealed partial class DigitsChart
{
    private const int Left = 40, Right = 304, Top = 22, Bottom = 170;
    private const int StepsPerPower = 8;

    /// <summary>The terms to mark, smallest index first.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<DigitsPoint> Points { get; set; } = [];

    private LogScale X { get; set; } = null!;

    private LogScale Y { get; set; } = null!;

    /// <summary>The digit counts of all indexes, as a line.</summary>
    private string TrendLine => ChartGeometry.FormatPoints(
        Enumerable.Range(0, (X.MaxExponent * StepsPerPower) + 1).Select(step => (int)Math.Round(Math.Pow(10, (double)step / StepsPerPower)))
            .Select(index => (X.GetCoordinate(index), Y.GetCoordinate(TermEngine.CountDigits(index)))));

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        // Up to 1,000 at least, so that the line rises visibly even without points.
        X = new LogScale(Math.Max(1_000, Points is [.., var last] ? last.Index : 0), Left, Right);
        Y = new LogScale(TermEngine.CountDigits((int)PowerOfTen(X.MaxExponent)), Bottom, Top);
    }

    private static double PowerOfTen(int exponent) => Math.Pow(10, exponent);

    private static string FormatTick(int exponent) => $"{PowerOfTen(exponent % 3)}{(exponent / 3) switch { 0 => "", 1 => "k", _ => "M" }}";

    private static string FormatPoint(DigitsPoint point) => $"F({TermText.Count(point.Index)}) has {TermText.Count(point.Digits, "digit")}";
}

/// <summary>A computed term in the chart of digits.</summary>
/// <param name="Index">n in F(n).</param>
/// <param name="Digits">The number of digits of F(n).</param>
public sealed record DigitsPoint(long Index, long Digits)
{
    /// <summary>The distinct computed indexes of submissions, smallest first.</summary>
    public static IReadOnlyList<DigitsPoint> FromSubmissions(IEnumerable<SubmissionItem> submissions) =>
    [
        .. submissions.Where(submission => submission.Digits is not null).DistinctBy(submission => submission.Index)
            .Select(submission => new DigitsPoint(submission.Index, submission.Digits!.Value)).OrderBy(point => point.Index),
    ];
}
