using System.Collections.Concurrent;
using StackExchange.Redis;
using StandIns.Tests.Support;
using static StandIns.Tests.Support.PipeReading;

namespace StandIns.Tests.Sockets;

/// <summary>The unmodified client and a real Redis that goes away, freezes or refuses.</summary>
[Collection(nameof(RedisTests))]
public sealed class RedisFailuresTests
{
    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task After_a_restart_commands_and_subscriptions_work_again(bool tls)
    {
        RedisServer.SkipIfNotInstalled();
        await using var server = await RedisServer.StartAsync();
        await using var connection = await server.ConnectAsync(tls ? server.Tls : server.Plain);
        var queue = await connection.GetSubscriber().SubscribeAsync(RedisChannel.Literal("channel"));
        var failed = new TaskCompletionSource();
        connection.ConnectionFailed += (_, _) => failed.TrySetResult();

        await server.RestartAsync();
        await failed.Task.WaitAsync(Until.Deadline);

        await AnswersAgainAsync(connection);
        await Until.TrueAsync(
            async () => await connection.GetDatabase().PublishAsync(RedisChannel.Literal("channel"), "hello") == 1,
            "the client subscribes again");
        Assert.Equal("hello", (await queue.ReadAsync().AsTask().WaitAsync(Until.Deadline)).Message);
    }

    [SkippableFact]
    public async Task Killed_connections_come_back_while_many_threads_use_them()
    {
        RedisServer.SkipIfNotInstalled();
        await using var server = await RedisServer.StartAsync();
        await using var connection = await server.ConnectAsync();
        await using var killer = await server.ConnectAsync();
        using var done = new CancellationTokenSource();
        var failures = new ConcurrentQueue<Exception>();
        var users = Enumerable.Range(0, 8).Select(_ => Task.Run(() => UseAsync(connection, failures, done.Token))).ToList();

        for (var i = 0; i < 20; i++)
        {
            var before = connection.OperationCount;
            await killer.GetDatabase().ExecuteAsync("CLIENT", "KILL", "TYPE", "normal");
            await Until.TrueAsync(() => connection.OperationCount > before + 100, "commands go on");
        }

        await done.CancelAsync();
        await Task.WhenAll(users);
        Assert.DoesNotContain(failures, failure => !IsWhatTheClientThrows(failure));
        await AnswersAgainAsync(connection);
    }

    /// <summary>
    /// The client gives a silent connection up from its heartbeat, while its reader is about to advance: on plain pipes the
    /// callers then get "Reading is not allowed after reader was completed."
    /// </summary>
    [SkippableFact]
    public async Task A_frozen_server_gives_timeouts_and_nothing_else_and_works_again_when_it_thaws()
    {
        RedisServer.SkipIfNotInstalled();
        await using var server = await RedisServer.StartAsync();
        var options = server.Options();
        (options.SyncTimeout, options.AsyncTimeout, options.ConnectTimeout) = (200, 200, 500);
        options.HeartbeatInterval = TimeSpan.FromMilliseconds(100);
        await using var connection = await ConnectionMultiplexer.ConnectAsync(options);
        using var done = new CancellationTokenSource();
        var failures = new ConcurrentQueue<Exception>();
        var users = Enumerable.Range(0, 12).Select(i => Task.Factory.StartNew(
            () => i % 2 == 0 ? UseAsync(connection, failures, done.Token) : Task.Run(() => Use(connection, failures, done.Token)),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()).ToList();

        for (var round = 0; round < 2; round++)
        {
            failures.Clear();
            await server.FreezeAsync();
            await Until.TrueAsync(() => failures.Any(failure => failure is not RedisTimeoutException), "the client gives the connection up");
            await server.ThawAsync();
            await AnswersAgainAsync(connection);
            Assert.DoesNotContain(failures, failure => !IsWhatTheClientThrows(failure));
        }

        await done.CancelAsync();
        await Task.WhenAll(users);
    }

    [SkippableFact]
    public async Task A_frozen_server_holds_writers_up_and_gets_everything_when_it_thaws()
    {
        RedisServer.SkipIfNotInstalled();
        await using var server = await RedisServer.StartAsync();
        await using var connection = await server.ConnectAsync();
        var database = connection.GetDatabase();
        var values = Enumerable.Range(0, 20).Select(_ => RandomBytes(1_000_000)).ToList();

        await server.FreezeAsync();
        var writes = values.Select((value, i) => Task.Run(() => database.StringSetAsync($"{i}", value))).ToList();
        await Until.TrueAsync(() => connection.GetCounters().Interactive.PendingUnsentItems > 0, "writers are held up");
        await server.ThawAsync();

        Assert.All(await Task.WhenAll(writes), Assert.True);
        for (var i = 0; i < values.Count; i++) Assert.Equal(values[i], (byte[]?)await database.StringGetAsync($"{i}"));
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_wrong_password_is_told(bool tls)
    {
        RedisServer.SkipIfNotInstalled();
        await using var server = await RedisServer.StartAsync();
        var options = server.Options(tls ? server.Tls : server.Plain);
        (options.Password, options.AbortOnConnectFail, options.ConnectRetry, options.ConnectTimeout) = ("wrong", true, 1, 2000);

        var failure = await Assert.ThrowsAsync<RedisConnectionException>(() => ConnectionMultiplexer.ConnectAsync(options));

        Assert.Contains("WRONGPASS", failure.ToString(), StringComparison.Ordinal);
    }

    private static Task AnswersAgainAsync(ConnectionMultiplexer connection) => Until.TrueAsync(
        async () => await Record.ExceptionAsync(() => connection.GetDatabase().PingAsync()) is null, "commands are answered again");

    private static void Use(ConnectionMultiplexer connection, ConcurrentQueue<Exception> failures, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            if (Record.Exception(() => connection.GetDatabase().StringGet("key")) is { } failure) failures.Enqueue(failure);
        }
    }

    private static async Task UseAsync(
        ConnectionMultiplexer connection, ConcurrentQueue<Exception> failures, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            if (await Record.ExceptionAsync(() => connection.GetDatabase().StringGetAsync("key")) is { } failure) failures.Enqueue(failure);
        }
    }

    /// <summary>The client cancels what it can neither send nor name a reason for.</summary>
    private static bool IsWhatTheClientThrows(Exception failure) =>
        failure is RedisConnectionException or RedisTimeoutException or OperationCanceledException;
}
