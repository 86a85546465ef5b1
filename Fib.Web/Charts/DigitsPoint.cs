using Fib.Web.Terms;

namespace Fib.Web.Charts;

/// <summary>A computed term as the chart of digits shows it.</summary>
/// <param name="Index">n in F(n).</param>
/// <param name="Digits">How many digits F(n) has.</param>
public sealed record DigitsPoint(long Index, long Digits)
{
    /// <summary>The distinct computed indexes among submissions, smallest first.</summary>
    public static IReadOnlyList<DigitsPoint> Among(IEnumerable<Submission> submissions) =>
    [
        .. submissions.Where(submission => submission.Digits is not null).DistinctBy(submission => submission.Index)
            .Select(submission => new DigitsPoint(submission.Index, submission.Digits!.Value)).OrderBy(point => point.Index),
    ];
}
