using Fib.Api.Database;
using Fib.Api.Terms;
using Fib.Core.Sequence;
using Fib.LocalSystem.Processes;
using Fib.Redis.Backlog;
using Fib.Redis.Streams;
using Fib.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using StackExchange.Redis;

namespace Fib.Tests.System.Api;

/// <summary>The recording of outcomes, on stores of its own.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class OutcomeRecorderTests(SystemFixture system)
{
    /// <summary>The lock makes the commit wait until the stop has begun.</summary>
    [Fact]
    public async Task Stop_DuringACommit_LeavesNoOutcomePending()
    {
        await using var database = await ScratchDatabase.CreateEmptyAsync(system.System);
        var schema = await database.CreateSchemaAsync();
        await database.SubmitAsync(7);
        await using var redis = await ScratchRedis.StartAsync();
        await using var connection = await redis.ConnectAsync();
        var outcome = new OutcomeEntry(new SequenceIndex(7), 2, "13", null, new StageTimes(null, null, DateTimeOffset.UnixEpoch), null);
        await connection.GetDatabase().StreamAddAsync(
            BacklogKeys.Outcomes, [.. outcome.ToFields().Select(field => new NameValueEntry(field.Key, field.Value))]);
        using var recorder = new OutcomeRecorder(
            connection, new ConsumerSettings(TimeSpan.FromSeconds(30)), database.Outcomes, schema, UnloggedStores.Create(),
            TimeProvider.System, NullLogger<OutcomeRecorder>.Instance);

        await using var session = await database.Source.OpenConnectionAsync();
        await ExecuteAsync($"SELECT pg_advisory_lock({DatabaseSchema.EventLock})");
        await recorder.StartAsync(default);
        await Eventually.HoldsAsync("the commit waits", async _ => await ExecuteAsync("""
            SELECT count(*) FROM pg_locks JOIN pg_database ON oid = database WHERE NOT granted AND datname = current_database()
            """) is 1L);
        var stop = recorder.StopAsync(default);
        await ExecuteAsync($"SELECT pg_advisory_unlock({DatabaseSchema.EventLock})");
        await stop;

        Assert.Equal("13", (await database.Outcomes.FindAsync(7, default)).Outcome?.Preview);
        Assert.Equal(0, await connection.GetDatabase().StreamLengthAsync(BacklogKeys.Outcomes));

        async Task<object?> ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, session);
            return await command.ExecuteScalarAsync();
        }
    }
}
