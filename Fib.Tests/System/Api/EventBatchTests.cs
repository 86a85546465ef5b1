using Fib.Api.Backlog;
using Fib.Api.Database;
using Fib.Api.Submissions;
using Fib.Api.Terms;
using Fib.Core.Sequence;
using Fib.Redis.Backlog;
using Fib.Tests.Support;
using Npgsql;

namespace Fib.Tests.System.Api;

[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class EventBatchTests(SystemFixture system) : IAsyncLifetime
{
    private ScratchDatabase _database = null!;
    private NpgsqlDataSource _session = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await ScratchDatabase.CreateAsync(system.System);
        _session = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(_database.ConnectionString) { MaxPoolSize = 1, NoResetOnClose = true });
    }

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Commits_OfTheSameKind_KeepTheirPlan()
    {
        var (store, outcomes) = (new SubmissionStore(_session), new OutcomeStore(_session));
        for (var n = 0; n < 10; n++)
        {
            await store.InsertAsync([Submission(n)], CancellationToken.None);
            await outcomes.InsertAsync([Outcome(n)], CancellationToken.None);
        }

        Assert.Equal("0 of 2", await ReadAsync("""
            SELECT count(*) FILTER (WHERE custom_plans > 0) || ' of ' || count(*) FROM pg_prepared_statements WHERE statement LIKE 'WITH %'
            """));
    }

    /// <summary>Plans that were made for tables so small that reading all of them looks cheap, as the statistics say.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(20)]
    public async Task Plans_MadeForSmallTables_ReadNoTableWhole(int rows)
    {
        string[] tables =
        [
            "outcome (index, digits, preview, computed_at) SELECT n, 1, '1', now()", "pending_term (index) SELECT -n",
            "idempotency_key (key, fingerprint) SELECT n, ''",
        ];
        foreach (var table in tables)
            await _database.ExecuteAsync($"INSERT INTO {table} FROM generate_series(1, {rows}) AS n");
        await _database.ExecuteAsync("ANALYZE");
        for (var n = 0; n < 4; n++)
        {
            await new SubmissionStore(_session).InsertAsync([Submission(n)], CancellationToken.None);
            await new SubmissionStore(_session).InsertAsync([Submission(n, $"key {n}")], CancellationToken.None);
            await new FailedTerms(_session).RetryAsync(-1, CancellationToken.None);
            await new OutcomeStore(_session).InsertAsync([Outcome(n)], CancellationToken.None);
        }

        var plans = await ExplainAsync();
        Assert.Equal(4, plans.Count);
        Assert.All(plans, plan =>
        {
            var lines = plan.Split('\n');
            var scans = Enumerable.Range(0, lines.Length).Where(line => Has(line, "Index") && Has(line, "Scan")).ToArray();
            Assert.True(scans.Length > 0 && !plan.Contains("Seq Scan", StringComparison.Ordinal), plan);
            Assert.All(scans, scan => Assert.True(Has(scan + 1, "Index Cond") || Has(scan, "outcome_failed"), plan));

            bool Has(int line, string text) => lines[line].Contains(text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Commit_LeavesTheSessionAsItWas()
    {
        const string Settings =
            "SELECT string_agg(setting, ' ' ORDER BY name) FROM pg_settings WHERE name IN ('plan_cache_mode', 'enable_seqscan', 'jit')";
        var before = await ReadAsync(Settings);
        await new SubmissionStore(_session).InsertAsync([Submission(7)], CancellationToken.None);
        Assert.Equal(before, await ReadAsync(Settings));
    }

    private static NewSubmission Submission(int index, string? key = null) =>
        new([new SequenceIndex(index)], DateTimeOffset.UnixEpoch, key);

    private static OutcomeEntry Outcome(int index) =>
        new(new SequenceIndex(index), 1, "1", null, new StageTimes(null, null, DateTimeOffset.UnixEpoch), null);

    /// <summary>The plans that this session keeps of the statements of commits.</summary>
    private async Task<IReadOnlyList<string>> ExplainAsync()
    {
        var prepared = await ReadAsync("""
            SELECT string_agg('EXECUTE ' || name || '(' || repeat('NULL,', array_length(parameter_types, 1) - 1) || 'NULL)', ';')
            FROM pg_prepared_statements WHERE statement LIKE 'WITH %'
            """);
        var plans = new List<string>();
        foreach (var statement in prepared!.Split(';'))
        {
            await using var explain = _session.CreateEventBatch(new NpgsqlBatchCommand($"EXPLAIN {statement}"));
            await using var reader = await explain.ExecuteReaderAsync();
            await reader.NextResultAsync();
            var lines = new List<string>();
            while (await reader.ReadAsync())
                lines.Add(reader.GetString(0));
            plans.Add(string.Join('\n', lines));
        }

        return plans;
    }

    private async Task<string?> ReadAsync(string sql)
    {
        await using var command = _session.CreateCommand(sql);
        return (string?)await command.ExecuteScalarAsync();
    }
}
