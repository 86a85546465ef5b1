using Fib.Web.Terms;

namespace Fib.Tests.Web.Terms;

public sealed class SubmitOutcomeTests
{
    private static readonly EntryResult Accepted = new(true, null);
    private static readonly EntryResult TooHigh = new(false, "Index too high");

    [Fact]
    public void Explain_OneRefusedIndex_IsTheReasonAlone() => Assert.Equal("Index too high", new SubmitOutcome(200, [TooHigh], null).Explain(["999"]));

    [Fact]
    public void Explain_Several_NamesThoseThatWereRefused()
    {
        string[] indexes = ["1", "91", "92", "93", "94", "95", "96", "97"];
        var outcome = new SubmitOutcome(200, [Accepted, .. Enumerable.Repeat(TooHigh, 7)], null);
        Assert.Equal("Index too high: 91, 92, 93, 94, 95 and 2 more", outcome.Explain(indexes));
        Assert.Equal("91, 92, 93, 94, 95, 96, 97", outcome.RefusedOf(indexes));
        Assert.Equal(1, outcome.Accepted);
    }

    [Fact]
    public void Explain_AllAccepted_IsNothing() => Assert.Null(new SubmitOutcome(200, [Accepted, Accepted], null).Explain(["1", "2"]));

    [Fact]
    public void RefusedOf_TheWholeRefused_IsAll() => Assert.Equal("1, 2", new SubmitOutcome(422, [], "No.").RefusedOf(["1", "2"]));
}
