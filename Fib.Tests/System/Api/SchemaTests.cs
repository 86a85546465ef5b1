using Fib.Api.Database;
using Fib.Api.Events;
using Fib.Api.Status;
using Fib.Api.Submissions;
using Fib.Api.Terms;
using Fib.Core.Sequence;
using Fib.Redis.Backlog;
using Fib.Tests.Support;
using Npgsql;

namespace Fib.Tests.System.Api;

/// <summary>Creates and upgrades the schema, in a separate database.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class SchemaTests(SystemFixture system) : IAsyncLifetime
{
    /// <summary>The schema before idempotency keys and stage times, with a computed, a pending and a failed index.</summary>
    private const string Earlier = """
        CREATE SEQUENCE fib_event;
        CREATE TABLE submission (
            id bigint PRIMARY KEY DEFAULT nextval('fib_event'), index integer NOT NULL CHECK (index >= 0),
            accepted_at timestamptz NOT NULL DEFAULT clock_timestamp());
        CREATE TABLE outcome (
            index integer PRIMARY KEY, event_id bigint NOT NULL UNIQUE DEFAULT nextval('fib_event'), digits integer NOT NULL,
            preview text NOT NULL, reason text, computed_at timestamptz NOT NULL);
        CREATE TABLE pending_term (index integer PRIMARY KEY, appended_at timestamptz NOT NULL DEFAULT clock_timestamp());
        INSERT INTO submission (index) VALUES (7), (8), (9);
        INSERT INTO outcome (index, digits, preview, reason, computed_at)
        VALUES (7, 2, '13', NULL, clock_timestamp()), (9, 0, '', 'It failed.', clock_timestamp());
        INSERT INTO pending_term (index) VALUES (8);
        """;

    private ScratchDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await ScratchDatabase.CreateEmptyAsync(system.System);

    public async ValueTask DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task Create_OverAnEarlierVersion_KeepsItsRowsAndAcceptsNewOnes()
    {
        await _database.ExecuteAsync(Earlier);
        await _database.CreateSchemaAsync();
        await _database.CreateSchemaAsync();

        var events = new EventReader(_database.Source);
        Assert.Equal(
            ["accepted", "accepted", "accepted", "computed", "failed"],
            (await events.ReadAfterAsync(0, 10, default)).Select(stored => stored.Type));
        var status = await new PostgresStatusReader(_database.Source).ReadAsync(default);
        Assert.Equal([9, 8, 7], status.Last.Select(submission => submission.Index));
        Assert.True(status.OldestPendingSeconds > 0);

        var store = new SubmissionStore(_database.Source);
        var now = DateTimeOffset.UnixEpoch;
        var outcome = new OutcomeEntry(new SequenceIndex(8), 2, "21", null, new StageTimes(now, now, now), null);
        await new OutcomeStore(_database.Source).InsertAsync([outcome], default);
        var inserted = await store.InsertAsync([new NewSubmission([new SequenceIndex(10)], now, null)], default);
        Assert.Equal(new SequenceIndex(10), Assert.Single(inserted));
        var keyed = new SubmissionStore(_database.Source);
        Assert.Single(await keyed.InsertAsync([new NewSubmission([new SequenceIndex(11)], now, "key")], default));
        status = await new PostgresStatusReader(_database.Source).ReadAsync(default);
        Assert.Equal(now.UtcDateTime, status.Last.Single(submission => submission.Index == 8).ComputedAt);
    }

    [Fact]
    public async Task Create_Concurrently_CreatesTheSchemaOnce()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _database.CreateSchemaAsync()));
        Assert.Equal(0, await new EventReader(_database.Source).GetLastIdAsync(default));
    }

    /// <summary>VACUUM and ANALYZE hold such a lock, for hours if the table is large.</summary>
    [Theory]
    [InlineData("SELECT")]
    [InlineData("DROP INDEX submission_by_index")]
    public async Task Create_WhileATableIsVacuumed_DoesNotWaitForItsEnd(string before)
    {
        await _database.CreateSchemaAsync();
        await _database.ExecuteAsync(before);
        await using var session = await _database.Source.OpenConnectionAsync();
        await using var transaction = await session.BeginTransactionAsync();
        await using (var vacuum = new NpgsqlCommand("LOCK TABLE submission IN SHARE UPDATE EXCLUSIVE MODE", session))
            await vacuum.ExecuteNonQueryAsync();

        await _database.CreateSchemaAsync();
        await _database.SubmitAsync(7);
    }

    [Fact]
    public async Task Create_OverACompleteSchema_LocksNoTable()
    {
        await _database.CreateSchemaAsync();
        await using var session = await _database.Source.OpenConnectionAsync();
        await using var transaction = await session.BeginTransactionAsync();
        foreach (var statement in (string[])[.. DatabaseSchema.Create, DatabaseSchema.Extend])
        {
            await using var command = new NpgsqlCommand(statement, session);
            await command.ExecuteNonQueryAsync();
        }

        await using var locks = new NpgsqlCommand(
            "SELECT string_agg(relation::regclass || ' ' || mode, ', ') FROM pg_locks JOIN pg_class ON pg_class.oid = relation "
            + "WHERE pid = pg_backend_pid() AND relnamespace = current_schema()::regnamespace",
            session);
        Assert.Equal(DBNull.Value, await locks.ExecuteScalarAsync());
    }
}
