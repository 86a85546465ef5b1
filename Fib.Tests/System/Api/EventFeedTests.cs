using Fib.Api.Database;
using Fib.Api.Events;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Fib.Tests.System.Api;

/// <summary>The event feed on a database of its own.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class EventFeedTests(SystemFixture system)
{
    [Fact]
    public async Task DatabaseReset_EndsTheListenersAndIsListenedTo()
    {
        await using var database = await ScratchDatabase.CreateEmptyAsync(system.System);
        var schema = await database.CreateSchemaAsync();
        using var feed = CreateFeed(database, schema);
        using var deadline = new CancellationTokenSource(Eventually.DefaultTimeout);
        await feed.StartAsync(default);
        var before = await feed.AddListenerAsync(deadline.Token);
        before.Start();
        await database.ExecuteAsync("INSERT INTO submission (index) VALUES (7), (7), (7), (7), (7); NOTIFY fib_event");
        Assert.Equal(1, (await before.Reader.ReadAsync(deadline.Token)).Id);

        await database.ExecuteAsync("TRUNCATE submission; ALTER SEQUENCE fib_event RESTART");
        await foreach (var _ in before.Reader.ReadAllAsync(deadline.Token))
        {
            // Events before the end of the stream.
        }

        var after = await feed.AddListenerAsync(deadline.Token);
        after.Start();
        await database.ExecuteAsync("INSERT INTO submission (index) VALUES (8); NOTIFY fib_event");
        Assert.Equal(1, (await after.Reader.ReadAsync(deadline.Token)).Id);
        await feed.StopAsync(default);
    }

    /// <summary>The feed's sessions end with the replacement, as in a failover; so it cannot see a state in between.</summary>
    [Theory]
    [InlineData("TRUNCATE submission; ALTER SEQUENCE fib_event RESTART; INSERT INTO submission (index) SELECT 8 FROM generate_series(1, 7)")]
    [InlineData("DELETE FROM submission WHERE id = 5; SELECT setval('fib_event', 38)")]
    public async Task AnotherDatabaseWithHigherIds_EndsTheListeners(string replace)
    {
        await using var database = await ScratchDatabase.CreateEmptyAsync(system.System);
        var schema = await database.CreateSchemaAsync();
        using var feed = CreateFeed(database, schema);
        using var deadline = new CancellationTokenSource(Eventually.DefaultTimeout);
        await feed.StartAsync(default);
        var before = await feed.AddListenerAsync(deadline.Token);
        before.Start();
        await database.ExecuteAsync("INSERT INTO submission (index) VALUES (7), (7), (7), (7), (7); NOTIFY fib_event");
        await before.Reader.ReadAsync(deadline.Token);

        await database.ExecuteAsync(
            $"{replace}; SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        var ids = new List<long?>();
        await foreach (var published in before.Reader.ReadAllAsync(deadline.Token))
            ids.Add(published.Id);
        Assert.Equal([2, 3, 4, 5], ids);
        await feed.StopAsync(default);
    }

    /// <summary>The newest event of all is a failure, which a retry deletes.</summary>
    [Fact]
    public async Task SameDatabaseAfterALostSession_ListenersStay()
    {
        await using var database = await ScratchDatabase.CreateEmptyAsync(system.System);
        var schema = await database.CreateSchemaAsync();
        await using var connections = NpgsqlDataSource.Create(NamedFeed(database));
        using var feed = CreateFeed(database, schema, connections: connections);
        await feed.StartAsync(default);
        var listener = await feed.AddListenerAsync(default);
        listener.Start();
        await database.SubmitAsync(7);
        await database.FailAsync(7);
        Assert.Equal(1, (await listener.Reader.ReadAsync()).Id);
        Assert.Equal(2, (await listener.Reader.ReadAsync()).Id);

        var before = (await FindSessionAsync(database, other: 0))!.Value;
        await database.ExecuteAsync($"DELETE FROM outcome; SELECT pg_terminate_backend({before})");
        await Eventually.HoldsAsync("the feed has another session", async _ => await FindSessionAsync(database, before) is not null);
        await database.SubmitAsync(8);
        Assert.Equal(3, (await listener.Reader.ReadAsync()).Id);
        await feed.StopAsync(default);
    }

    /// <summary>The pause between two pages, in which the listener reads nothing, lasts until the clock of the test moves.</summary>
    [Fact]
    public async Task SecondPageFails_FirstOneIsPublishedOnce()
    {
        await using var database = await ScratchDatabase.CreateEmptyAsync(system.System);
        var schema = await database.CreateSchemaAsync();
        var time = new FakeTimeProvider();
        using var feed = CreateFeed(database, schema, time);
        await feed.StartAsync(default);
        var listener = await feed.AddListenerAsync(default);
        listener.Start();
        await database.ExecuteAsync("INSERT INTO submission (index) SELECT 7 FROM generate_series(1, 260); NOTIFY fib_event");
        await Eventually.HoldsAsync("the first page is published", _ => Task.FromResult(listener.Reader.Count == 250));

        await database.ExecuteAsync("ALTER TABLE outcome RENAME TO renamed");
        await Eventually.HoldsAsync("the second page fails", async _ =>
        {
            // Repeatedly: the pause may begin only after the first advance.
            time.Advance(TimeSpan.FromSeconds(1));
            return !await IsLiveAsync();
        });
        await database.ExecuteAsync("ALTER TABLE renamed RENAME TO outcome");
        await Eventually.HoldsAsync("the second page is published", _ =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(listener.Reader.Count >= 260);
        });

        var ids = new List<long?>();
        while (listener.Reader.TryRead(out var published))
            ids.Add(published.Id);
        Assert.Equal(Enumerable.Range(1, 260).Select(id => (long?)id), ids);
        await feed.StopAsync(default);

        async Task<bool> IsLiveAsync()
        {
            try
            {
                feed.RemoveListener(await feed.AddListenerAsync(default));
                return true;
            }
            catch (TimeoutException)
            {
                return false;
            }
        }
    }

    /// <summary>After the end of the listener that reads nothing, the clock of the test stands still, and so does a pause.</summary>
    [Fact]
    public async Task AListenerThatIsFull_IsEndedAndDelaysNoEvent()
    {
        const string Insert = "INSERT INTO submission (index) SELECT 7 FROM generate_series(1, 600); NOTIFY fib_event";
        await using var database = await ScratchDatabase.CreateEmptyAsync(system.System);
        var schema = await database.CreateSchemaAsync();
        var time = new FakeTimeProvider();
        using var feed = CreateFeed(database, schema, time);
        await feed.StartAsync(default);
        var (full, notStarted) = (await feed.AddListenerAsync(default), await feed.AddListenerAsync(default));
        full.Start();
        await database.ExecuteAsync(Insert);
        await Eventually.HoldsAsync("the listener is ended", _ =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(full.TooSlow.IsCancellationRequested);
        });
        await Eventually.HoldsAsync("the first events are published", _ => Task.FromResult(feed.Recent.LastId == 600));

        await database.ExecuteAsync(Insert);
        await Eventually.HoldsAsync("the next ones are published", _ => Task.FromResult(feed.Recent.LastId == 1_200));
        Assert.False(notStarted.TooSlow.IsCancellationRequested);
        Assert.Equal(0, notStarted.Reader.Count);
        await feed.StopAsync(default);
    }

    /// <summary>The pool has one connection and does not reset it, like the api: the query waits until the feed has returned it.</summary>
    [Fact]
    public async Task LastListenerRemoved_ConnectionIsReturnedWithoutLISTEN()
    {
        await using var database = await ScratchDatabase.CreateEmptyAsync(system.System);
        var schema = await database.CreateSchemaAsync();
        await using var connections = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(database.ConnectionString) { MaxPoolSize = 1, NoResetOnClose = true, Timeout = 180 });
        using var feed = CreateFeed(database, schema, connections: connections);
        await feed.StartAsync(default);
        feed.RemoveListener(await feed.AddListenerAsync(default));

        await using var command = connections.CreateCommand("SELECT count(*) FROM pg_listening_channels()");
        Assert.Equal(0L, await command.ExecuteScalarAsync());
        await feed.StopAsync(default);
    }

    [Fact]
    public async Task ListeningConnectionIsLostWithoutNotice_FeedListensOnAnother()
    {
        await using var database = await ScratchDatabase.CreateEmptyAsync(system.System);
        var schema = await database.CreateSchemaAsync();
        var settings = NamedFeed(database);
        await using var forwarder = new TcpForwarder(settings.Port);
        (settings.Host, settings.Port, settings.CommandTimeout, settings.CancellationTimeout) = ("127.0.0.1", forwarder.Port, 1, -1);
        await using var connections = NpgsqlDataSource.Create(settings);
        using var feed = CreateFeed(database, schema, connections: connections);
        await feed.StartAsync(default);
        var listener = await feed.AddListenerAsync(default);
        listener.Start();
        var before = (await FindSessionAsync(database, other: 0))!.Value;

        forwarder.SilenceOpenConnections();
        await Eventually.HoldsAsync("the feed has another session", async _ => await FindSessionAsync(database, before) is not null);
        await database.ExecuteAsync("INSERT INTO submission (index) VALUES (7); NOTIFY fib_event");
        Assert.Equal(1, (await listener.Reader.ReadAsync()).Id);
        await feed.StopAsync(default);
    }

    private static NpgsqlConnectionStringBuilder NamedFeed(ScratchDatabase database) =>
        new(database.ConnectionString) { ApplicationName = "feed" };

    /// <summary>The session in which the feed listens, if it is another one.</summary>
    private static async Task<int?> FindSessionAsync(ScratchDatabase database, int other)
    {
        await using var command = database.Source.CreateCommand(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'feed' AND pid <> $1");
        command.Parameters.Add(new() { Value = other });
        return (int?)await command.ExecuteScalarAsync();
    }

    private static EventFeed CreateFeed(
        ScratchDatabase database, SchemaState schema, TimeProvider? time = null, NpgsqlDataSource? connections = null) => new(
        connections ?? database.Source, new EventReader(database.Source), schema,
        UnloggedStores.Create(), time ?? TimeProvider.System, NullLogger<EventFeed>.Instance);
}
