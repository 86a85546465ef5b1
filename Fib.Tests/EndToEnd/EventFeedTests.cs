using Fib.Api.Events;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Fib.Tests.EndToEnd;

/// <summary>The feed on a database of its own.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class EventFeedTests(SystemFixture system)
{
    [Fact]
    public async Task ADatabaseThatBeginsAnew_EndsTheListenersAndIsListenedTo()
    {
        await using var database = await ScratchDatabase.CreateEmptyAsync(system.System);
        var schema = await database.CreateSchemaAsync();
        using var feed = new EventFeed(database.Source, new EventReader(database.Source), schema, UnloggedStores.Create(), TimeProvider.System, NullLogger<EventFeed>.Instance);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await feed.StartAsync(default);
        var before = await feed.AddListenerAsync(deadline.Token);
        await database.ExecuteAsync("INSERT INTO submission (index) VALUES (7), (7), (7), (7), (7); NOTIFY fib_event");
        Assert.Equal(1, (await before.Reader.ReadAsync(deadline.Token)).Id);

        await database.ExecuteAsync("TRUNCATE submission; ALTER SEQUENCE fib_event RESTART");
        await foreach (var _ in before.Reader.ReadAllAsync(deadline.Token))
        {
            // What came before the end.
        }

        var after = await feed.AddListenerAsync(deadline.Token);
        await database.ExecuteAsync("INSERT INTO submission (index) VALUES (8); NOTIFY fib_event");
        Assert.Equal(1, (await after.Reader.ReadAsync(deadline.Token)).Id);
        await feed.StopAsync(default);
    }

    [Fact]
    public async Task AFeedWithoutListeners_GivesBackAConnectionThatListensToNothing()
    {
        await using var database = await ScratchDatabase.CreateEmptyAsync(system.System);
        var schema = await database.CreateSchemaAsync();
        using var feed = new EventFeed(database.Source, new EventReader(database.Source), schema, UnloggedStores.Create(), TimeProvider.System, NullLogger<EventFeed>.Instance);
        await feed.StartAsync(default);
        var listener = await feed.AddListenerAsync(default);
        Assert.True(await IsListeningAsync());

        feed.RemoveListener(listener);
        await Eventually.HoldsAsync("the connection listens to nothing", async _ => !await IsListeningAsync());
        await feed.StopAsync(default);

        async Task<bool> IsListeningAsync()
        {
            // Not on a connection of the feed's pool: what it asked last is what is looked for.
            await using var other = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ConnectionString);
            await using var command = other.CreateCommand("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%')");
            return (bool)(await command.ExecuteScalarAsync())!;
        }
    }
}
