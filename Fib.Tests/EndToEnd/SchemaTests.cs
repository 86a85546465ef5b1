using Fib.Api.Events;
using Fib.Api.Status;
using Fib.Api.Storage;
using Fib.AppHost;
using Fib.Core.Backlog;
using Fib.Core.Sequence;
using Fib.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Fib.Tests.EndToEnd;

/// <summary>The schema in a database of its own.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class SchemaTests(SystemFixture system) : IAsyncLifetime
{
    /// <summary>The tables of the version that knew neither keys nor stage times, with a computed, a pending and a failed index.</summary>
    private const string Earlier = """
        CREATE SEQUENCE fib_event;
        CREATE TABLE submission (
            id bigint PRIMARY KEY DEFAULT nextval('fib_event'), index integer NOT NULL CHECK (index >= 0),
            accepted_at timestamptz NOT NULL DEFAULT clock_timestamp());
        CREATE TABLE outcome (
            index integer PRIMARY KEY, event_id bigint NOT NULL UNIQUE DEFAULT nextval('fib_event'), digits integer NOT NULL, preview text NOT NULL,
            reason text, computed_at timestamptz NOT NULL);
        CREATE TABLE pending_term (index integer PRIMARY KEY, appended_at timestamptz NOT NULL DEFAULT clock_timestamp());
        INSERT INTO submission (index) VALUES (7), (8), (9);
        INSERT INTO outcome (index, digits, preview, reason, computed_at) VALUES (7, 2, '13', NULL, clock_timestamp()), (9, 0, '', 'It failed.', clock_timestamp());
        INSERT INTO pending_term (index) VALUES (8);
        """;

    private readonly string _name = $"schema_{Guid.NewGuid():N}";
    private NpgsqlDataSource _database = null!;

    public async Task InitializeAsync()
    {
        var settings = new NpgsqlConnectionStringBuilder(await system.System.GetConnectionStringAsync(ResourceNames.Database));
        await ExecuteAsync(settings, $"CREATE DATABASE {_name}");
        settings.Database = _name;
        _database = NpgsqlDataSource.Create(settings);
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        await ExecuteAsync(new(await system.System.GetConnectionStringAsync(ResourceNames.Database)), $"DROP DATABASE {_name} WITH (FORCE)");
    }

    [Fact]
    public async Task Create_OverAnEarlierVersion_KeepsWhatIsThereAndTakesWhatIsNew()
    {
        await using (var command = _database.CreateCommand(Earlier))
            await command.ExecuteNonQueryAsync();
        await CreateAsync();
        await CreateAsync();

        var events = new EventReader(_database);
        Assert.Equal(["accepted", "accepted", "accepted", "computed", "failed"], (await events.ReadAfterAsync(0, 10, default)).Select(happened => happened.Type));
        var status = await new StoredStatusReader(_database).ReadAsync(default);
        Assert.Equal([9, 8, 7], status.Last.Select(submission => submission.Index));
        Assert.True(status.OldestPendingSeconds > 0);

        var store = new SubmissionStore(_database);
        var now = DateTimeOffset.UnixEpoch;
        await store.InsertAsync([new OutcomeEntry(new SequenceIndex(8), 2, "21", null, new StageTimes(now, now, now), null)], default);
        Assert.Equal(new SequenceIndex(10), Assert.Single(await store.InsertAsync([new PendingSubmission([new SequenceIndex(10)], now, null)], default)));
        Assert.Single(await new KeyedSubmissions(_database).InsertAsync([new PendingSubmission([new SequenceIndex(11)], now, "key")], default));
        Assert.Equal(now.UtcDateTime, (await new StoredStatusReader(_database).ReadAsync(default)).Last.Single(submission => submission.Index == 8).ComputedAt);
    }

    [Fact]
    public async Task Create_BySeveralAtOnce_IsCreatedOnce()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => CreateAsync()));
        Assert.Equal(0, await new EventReader(_database).GetLastIdAsync(default));
    }

    private async Task CreateAsync()
    {
        var state = new SchemaState();
        using var initializer = new SchemaInitializer(_database, state, TimeProvider.System, NullLogger<SchemaInitializer>.Instance);
        await initializer.StartAsync(default);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await state.WaitAsync(deadline.Token);
        await initializer.StopAsync(default);
    }

    private static async Task ExecuteAsync(NpgsqlConnectionStringBuilder settings, string statement)
    {
        await using var database = NpgsqlDataSource.Create(settings);
        await using var command = database.CreateCommand(statement);
        await command.ExecuteNonQueryAsync();
    }
}
