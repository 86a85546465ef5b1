using Fib.Api.Storage;
using Fib.Core.Backlog;
using Fib.Core.Sequence;
using Fib.Tests.Support;
using Npgsql;

namespace Fib.Tests.Api.Storage;

[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class EventBatchTests(SystemFixture system) : IAsyncLifetime
{
    private ScratchDatabase _database = null!;
    private NpgsqlDataSource _session = null!;

    public async Task InitializeAsync()
    {
        _database = await ScratchDatabase.CreateAsync(system.System);
        _session = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_database.ConnectionString) { MaxPoolSize = 1, NoResetOnClose = true });
    }

    public async Task DisposeAsync()
    {
        await _session.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Commits_OfTheSameKind_KeepTheirPlan()
    {
        var store = new SubmissionStore(_session);
        for (var n = 0; n < 10; n++)
        {
            var index = new SequenceIndex(n);
            await store.InsertAsync([new PendingSubmission([index], DateTimeOffset.UnixEpoch, null)], CancellationToken.None);
            await store.InsertAsync([new OutcomeEntry(index, 1, "1", null, new StageTimes(null, null, DateTimeOffset.UnixEpoch), null)], CancellationToken.None);
        }

        Assert.Equal("0 of 2", await ReadAsync("SELECT count(*) FILTER (WHERE custom_plans > 0) || ' of ' || count(*) FROM pg_prepared_statements WHERE statement LIKE 'WITH %'"));
    }

    [Fact]
    public async Task Commit_LeavesTheSessionAsItWas()
    {
        const string Settings = "SELECT string_agg(setting, ' ' ORDER BY name) FROM pg_settings WHERE name IN ('plan_cache_mode', 'enable_seqscan', 'jit')";
        var before = await ReadAsync(Settings);
        await new SubmissionStore(_session).InsertAsync([new PendingSubmission([new SequenceIndex(7)], DateTimeOffset.UnixEpoch, null)], CancellationToken.None);
        Assert.Equal(before, await ReadAsync(Settings));
    }

    private async Task<string?> ReadAsync(string sql)
    {
        await using var command = _session.CreateCommand(sql);
        return (string?)await command.ExecuteScalarAsync();
    }
}
