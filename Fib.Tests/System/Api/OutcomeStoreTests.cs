using Fib.Api.Events;
using Fib.Core.Sequence;
using Fib.Redis.Backlog;
using Fib.Tests.Support;

namespace Fib.Tests.System.Api;

/// <summary>Which outcome of an index is stored, in a database of its own.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class OutcomeStoreTests(SystemFixture system) : IAsyncLifetime
{
    private static readonly OutcomeEntry
        Term = new(new SequenceIndex(7), 2, "13", null, new StageTimes(null, null, DateTimeOffset.UnixEpoch), null),
        Failure = Term with { Digits = 0, Preview = "", Reason = "It failed." };

    private ScratchDatabase _database = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await ScratchDatabase.CreateAsync(system.System);
        await _database.SubmitAsync(7, 8);
    }

    public async ValueTask DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task Insert_AFailureAndTheTermTogether_StoresTheTerm()
    {
        await InsertAsync(Failure, Term, Failure with { Reason = "A" });
        await AssertAsync(Term, "accepted 1, accepted 2, computed 3");
    }

    [Fact]
    public async Task Insert_TheTermAfterAFailure_ReplacesIt()
    {
        await InsertAsync(Failure);
        await AssertAsync(Failure, "accepted 1, accepted 2, failed 3");
        await InsertAsync(Term);
        await AssertAsync(Term, "accepted 1, accepted 2, computed 4");
    }

    [Fact]
    public async Task Insert_AnythingAfterTheTerm_ChangesNothing()
    {
        await InsertAsync(Term);
        await InsertAsync(Failure);
        await InsertAsync(Term with { Preview = "other" });
        await AssertAsync(Term, "accepted 1, accepted 2, computed 3");
    }

    [Fact]
    public async Task Insert_AFailureAfterAFailure_ChangesNothing()
    {
        await InsertAsync(Failure);
        await InsertAsync(Failure with { Reason = "other" });
        await AssertAsync(Failure, "accepted 1, accepted 2, failed 3");
    }

    [Fact]
    public async Task Insert_AnIndexThatWasNotSubmitted_StoresNothing()
    {
        await InsertAsync(Term with { Index = new SequenceIndex(9) });
        Assert.False((await _database.Outcomes.FindAsync(9, default)).IsKnown);
    }

    private Task InsertAsync(params OutcomeEntry[] outcomes) => _database.Outcomes.InsertAsync(outcomes, default);

    private async Task AssertAsync(OutcomeEntry expected, string events)
    {
        var outcome = (await _database.Outcomes.FindAsync(7, default)).Outcome;
        Assert.Equal((expected.Digits, expected.Preview, expected.Reason), (outcome?.Digits, outcome?.Preview, outcome?.Reason));
        var stored = await new EventReader(_database.Source).ReadAfterAsync(0, 10, default);
        Assert.Equal(events, string.Join(", ", stored.Select(one => $"{one.Type} {one.Id}")));
    }
}
