using Fib.Core.Contracts;
using Fib.Web.Components.Charts;

namespace Fib.Tests.Unit.Web.Components.Charts;

public sealed class DigitsPointTests
{
    [Fact]
    public void FromSubmissions_Repeated_ReturnsEachComputedIndexOnceSmallestFirst()
    {
        SubmissionItem[] submissions = [Create(4, 10_000, 2_090), Create(3, 8, null), Create(2, 7, 2), Create(1, 10_000, 2_090)];
        Assert.Equal([new(7, 2), new DigitsPoint(10_000, 2_090)], DigitsPoint.FromSubmissions(submissions));
    }

    private static SubmissionItem Create(long id, int index, int? digits) =>
        new(id, index, digits is null ? SubmissionState.Pending : SubmissionState.Computed, digits, null, null, default, null);
}
