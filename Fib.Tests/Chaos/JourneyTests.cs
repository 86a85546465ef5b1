using System.Net;
using Fib.Core.Sequence;
using Fib.Tests.Support;

namespace Fib.Tests.Chaos;

/// <summary>Whatever is killed at whichever step: what was acknowledged is stored once and computed, and the rest is stored at most once.</summary>
[Trait(Category.Name, Category.System)]
public sealed class JourneyTests(JourneyFixture journey) : IClassFixture<JourneyFixture>
{
    public static TheoryData<string> Acknowledged =>
        [Steps.BeforeAppend, Steps.AfterAppend, Steps.AfterAppendEmptied, Steps.Computing, Steps.BeforeOutcome, Steps.BeforeRecord, Steps.BeforeAcknowledge];

    [Theory]
    [MemberData(nameof(Acknowledged))]
    public async Task Killed_OnceItIsAcknowledged_ItIsStoredOnceAndComputed(string step)
    {
        var passage = journey.Passages[step];
        Assert.Equal(HttpStatusCode.OK, passage.Answer);
        await AssertStoredAsync(1, passage.Index);
    }

    [Theory]
    [InlineData(Steps.ApiHasNotRead)]
    [InlineData(Steps.ApiBeforeCommit)]
    [InlineData(Steps.PostgresBeforeCommit)]
    public async Task Killed_BeforeItIsStored_NobodyIsToldThatItWas(string step)
    {
        var passage = journey.Passages[step];
        Assert.Equal(HttpStatusCode.ServiceUnavailable, passage.Answer);
        await AssertStoredAsync(0, passage.Index);
    }

    [Fact]
    public async Task Killed_TheGatewayThatWaitsForTheAnswer_ItIsStoredAtMostOnce()
    {
        var passage = journey.Passages[Steps.GatewayGone];
        Assert.Null(passage.Answer);
        Assert.InRange(await ReadStoredAsync(passage.Index), 0, 1);
    }

    private async Task AssertStoredAsync(long times, int index) => Assert.Equal(times, await ReadStoredAsync(index));

    /// <summary>How often it is stored; and then it is computed, once.</summary>
    private async Task<long> ReadStoredAsync(int index)
    {
        var (stored, previews) = await journey.System.ReadAsync(index);
        Assert.Equal(stored == 0 ? [] : [TermPreview.Of(TermEngine.Compute(index))], previews);
        return stored;
    }
}
