using System.Net;
using Fib.Core.Sequence;
using Fib.Tests.Support;

namespace Fib.Tests.Faults.Chaos;

/// <summary>
/// Whichever process is killed at whichever injection point, an acknowledged index is stored once and computed, and any other is stored
/// at most once.
/// </summary>
[Trait(Category.Name, Category.System)]
public sealed class InjectionPointTests(InjectionFixture fixture) : IClassFixture<InjectionFixture>
{
    public static TheoryData<string> Acknowledged =>
    [
        InjectionPoints.BeforeAppend, InjectionPoints.AfterAppend, InjectionPoints.AfterAppendDataLoss, InjectionPoints.BeforeDigits,
        InjectionPoints.BeforeOutcome, InjectionPoints.BeforeRecord, InjectionPoints.BeforeAcknowledge,
    ];

    [Theory]
    [MemberData(nameof(Acknowledged))]
    public async Task Kill_AfterTheAcknowledgement_IndexIsStoredOnceAndComputed(string point)
    {
        var result = fixture.Results[point];
        Assert.Equal(HttpStatusCode.OK, result.Status);
        await AssertStoredAsync(1, result.Index);
    }

    [Theory]
    [InlineData(InjectionPoints.BeforeApiReads)]
    [InlineData(InjectionPoints.BeforeCommitApi)]
    [InlineData(InjectionPoints.BeforeCommitPostgres)]
    public async Task Kill_BeforeTheCommit_RespondsWith503AndStoresNothing(string point)
    {
        var result = fixture.Results[point];
        Assert.Equal(HttpStatusCode.ServiceUnavailable, result.Status);
        await AssertStoredAsync(0, result.Index);
    }

    [Fact]
    public async Task Kill_OfTheWaitingGateway_IndexIsStoredAtMostOnce()
    {
        var result = fixture.Results[InjectionPoints.BeforeCommitGateway];
        Assert.Null(result.Status);
        Assert.InRange(await ReadStoredAsync(result.Index), 0, 1);
    }

    private async Task AssertStoredAsync(long times, int index) => Assert.Equal(times, await ReadStoredAsync(index));

    /// <summary>The number of stored submissions; asserts that a stored index has exactly one, right outcome.</summary>
    private async Task<long> ReadStoredAsync(int index)
    {
        var (stored, previews) = await fixture.System.ReadAsync(index);
        Assert.Equal(stored == 0 ? [] : [TermPreview.Of(TermEngine.Compute(index))], previews);
        return stored;
    }
}
