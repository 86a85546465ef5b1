using Fib.Core.Contracts;
using Fib.Web.Submissions;

namespace Fib.Tests.Unit.Web.Submissions;

public sealed class SubmitResultTests
{
    private static readonly BatchResult Accepted = new(null, true, null);
    private static readonly BatchResult TooHigh = new(null, false, "Index too high");

    [Fact]
    public void FormatReason_OneRejectedIndex_IsTheReasonOnly() =>
        Assert.Equal("Index too high", new SubmitResult(200, [TooHigh], null).FormatReason(["999"]));

    [Fact]
    public void FormatReason_Several_NamesTheRejectedIndexes()
    {
        string[] indexes = ["1", "91", "92", "93", "94", "95", "96", "97"];
        var outcome = new SubmitResult(200, [Accepted, .. Enumerable.Repeat(TooHigh, 7)], null);
        Assert.Equal("Index too high: 91, 92, 93, 94, 95 and 2 more", outcome.FormatReason(indexes));
        Assert.Equal("91, 92, 93, 94, 95, 96, 97", outcome.FormatRejected(indexes));
        Assert.Equal(1, outcome.Accepted);
    }

    [Fact]
    public void FormatReason_AllAccepted_IsNull() =>
        Assert.Null(new SubmitResult(200, [Accepted, Accepted], null).FormatReason(["1", "2"]));

    [Fact]
    public void FormatRejected_WholeSubmissionRejected_NamesAll() =>
        Assert.Equal("1, 2", new SubmitResult(422, [], "No.").FormatRejected(["1", "2"]));
}
