using Fib.Core.Contracts;
using Fib.Web.Terms;

namespace Fib.Tests.Unit.Web.Terms;

public sealed class SubmitOutcomeTests
{
    private static readonly BatchResult Accepted = new(null, true, null);
    private static readonly BatchResult TooHigh = new(null, false, "Index too high");

    [Fact]
    public void FormatReason_OneRefusedIndex_IsTheReasonOnly() =>
        Assert.Equal("Index too high", new SubmitOutcome(200, [TooHigh], null).FormatReason(["999"]));

    [Fact]
    public void FormatReason_Several_NamesTheRefusedIndexes()
    {
        string[] indexes = ["1", "91", "92", "93", "94", "95", "96", "97"];
        var outcome = new SubmitOutcome(200, [Accepted, .. Enumerable.Repeat(TooHigh, 7)], null);
        Assert.Equal("Index too high: 91, 92, 93, 94, 95 and 2 more", outcome.FormatReason(indexes));
        Assert.Equal("91, 92, 93, 94, 95, 96, 97", outcome.FormatRefused(indexes));
        Assert.Equal(1, outcome.Accepted);
    }

    [Fact]
    public void FormatReason_AllAccepted_IsNull() =>
        Assert.Null(new SubmitOutcome(200, [Accepted, Accepted], null).FormatReason(["1", "2"]));

    [Fact]
    public void FormatRefused_WholeSubmissionRefused_NamesAll() =>
        Assert.Equal("1, 2", new SubmitOutcome(422, [], "No.").FormatRefused(["1", "2"]));
}
