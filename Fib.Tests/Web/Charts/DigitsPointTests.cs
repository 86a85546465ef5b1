using Fib.Web.Charts;
using Fib.Web.Terms;

namespace Fib.Tests.Web.Charts;

public sealed class DigitsPointTests
{
    [Fact]
    public void Among_Submissions_GivesEachComputedIndexOnceSmallestFirst()
    {
        Submission[] submissions = [Of(4, 10_000, 2_090), Of(3, 8, null), Of(2, 7, 2), Of(1, 10_000, 2_090)];
        Assert.Equal([new(7, 2), new DigitsPoint(10_000, 2_090)], DigitsPoint.Among(submissions));
    }

    private static Submission Of(long id, long index, int? digits) =>
        new(id, index, digits is null ? SubmissionState.Pending : SubmissionState.Computed, digits, null, null, default, null);
}
