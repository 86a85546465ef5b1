using Fib.Api.Backlog;
using Fib.Api.Database;
using Fib.Core.Sequence;
using Fib.LocalSystem.Processes;
using Fib.Redis.Backlog;
using Fib.ServiceDefaults.Dependencies;
using Fib.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace Fib.Tests.System.Api;

[Trait(Category.Name, Category.System)]
public sealed class BacklogAppenderTests
{
    private static readonly SequenceIndex Index = new(7);

    [Fact]
    public async Task AppendAsync_TheClientRejectsTheCommand_DoesNotThrow()
    {
        await using var redis = await ScratchRedis.StartAsync();
        // The client throws RedisCommandException then, which is no RedisException.
        await using var connection = await redis.ConnectAsync(options =>
            options.CommandMap = CommandMap.Create(["EVAL", "EVALSHA"], available: false));
        await Create(connection).AppendAsync(Index, default);
    }

    [Fact]
    public async Task AppendAsync_TheClientIsDisposed_DoesNotThrow()
    {
        await using var redis = await ScratchRedis.StartAsync();
        var connection = await redis.ConnectAsync();
        await connection.DisposeAsync();
        await Create(connection).AppendAsync(Index, default);
    }

    [Fact]
    public async Task AppendAsync_TheBacklogIsFull_AppendsNothingUntilThereIsRoom()
    {
        await using var redis = await ScratchRedis.StartAsync();
        await using var connection = await redis.ConnectAsync();
        var database = connection.GetDatabase();
        await database.ScriptEvaluateAsync(
            "for id = 1, ARGV[1] do redis.call('XADD', KEYS[1], id, 'index', 7) end", [BacklogKeys.Stream], [BacklogKeys.MaxLength]);
        var appender = Create(connection);
        Assert.False(await appender.AppendAsync(Index, default));
        Assert.Equal(BacklogKeys.MaxLength, await database.StreamLengthAsync(BacklogKeys.Stream));

        await database.StreamDeleteAsync(BacklogKeys.Stream, ["1"]);
        Assert.True(await appender.AppendAsync(Index, default));
        Assert.Equal(BacklogKeys.MaxLength, await database.StreamLengthAsync(BacklogKeys.Stream));
    }

    /// <summary>The timeout is so long that no append fails.</summary>
    [Fact]
    public async Task AppendAsync_TooManyAppendsWait_TheOutageEndsWithTheNextAppend()
    {
        await using var redis = await ScratchRedis.StartAsync();
        await using var connection = await redis.ConnectAsync(options => options.AsyncTimeout = (int)Eventually.DefaultTimeout.TotalMilliseconds);
        var log = new RecordingLogger();
        var appender = Create(connection, new StoreStates(UnloggedStores.Create("PostgreSQL"), new Dependency("Redis", TimeProvider.System, log)));
        await redis.AskAsync("client", "pause", "3600000", "write");
        var appends = Enumerable.Range(0, 4_097).Select(_ => appender.AppendAsync(Index, default)).ToArray();
        Assert.False(await appends[^1]);
        await redis.AskAsync("client", "unpause");
        Assert.All(await Task.WhenAll(appends[..^1]), Assert.True);

        Assert.True(await appender.AppendAsync(Index, default));
        Assert.Collection(
            log.Lines,
            line => Assert.Equal("Warning: Redis is unavailable: Too many appends wait for it.", line),
            line => Assert.StartsWith("Information: Redis is available again", line, StringComparison.Ordinal));
    }

    private static BacklogAppender Create(IConnectionMultiplexer connection, StoreStates? stores = null) =>
        new(connection, stores ?? UnloggedStores.Create(), TimeProvider.System, NullLogger<BacklogAppender>.Instance);
}
