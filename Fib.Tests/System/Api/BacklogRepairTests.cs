using Fib.Api.Backlog;
using Fib.Api.Database;
using Fib.LocalSystem.Processes;
using Fib.Redis.Backlog;
using Fib.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace Fib.Tests.System.Api;

/// <summary>The repair of the backlog, on stores of its own.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class BacklogRepairTests(SystemFixture system)
{
    /// <summary>More indexes of the full stream are lost than the repair appends at once.</summary>
    [Fact]
    public async Task OneStreamIsFull_LostIndexesOfTheOtherAreAppended()
    {
        await using var database = await ScratchDatabase.CreateEmptyAsync(system.System);
        var schema = await database.CreateSchemaAsync();
        await database.SubmitAsync([.. Enumerable.Range(1, 2_000), BacklogKeys.LargeIndex]);
        await database.ExecuteAsync("UPDATE pending_term SET appended_at = appended_at - interval '1 minute'");
        await using var redis = await ScratchRedis.StartAsync();
        await using var connection = await redis.ConnectAsync();
        await connection.GetDatabase().ScriptEvaluateAsync(
            "for id = 1, ARGV[1] do redis.call('XADD', KEYS[1], id, 'index', 0) end", [BacklogKeys.Stream], [BacklogKeys.MaxLength]);
        using var repair = Create(database, connection, schema);

        await repair.StartAsync(default);
        await Eventually.HoldsAsync(
            "the index is appended", async _ => await connection.GetDatabase().StreamLengthAsync(BacklogKeys.LargeStream) == 1);
        Assert.Equal(BacklogKeys.MaxLength, await connection.GetDatabase().StreamLengthAsync(BacklogKeys.Stream));
        await repair.StopAsync(default);
    }

    private static BacklogRepair Create(ScratchDatabase database, IConnectionMultiplexer redis, SchemaState schema)
    {
        var (pending, stores) = (new PendingTerms(database.Source), UnloggedStores.Create());
        var appender = new BacklogAppender(redis, stores, TimeProvider.System, NullLogger<BacklogAppender>.Instance);
        return new BacklogRepair(
            new LostIndexes(redis, pending, NullLogger<LostIndexes>.Instance), pending, appender, redis, schema, stores, TimeProvider.System,
            NullLogger<BacklogRepair>.Instance);
    }
}
