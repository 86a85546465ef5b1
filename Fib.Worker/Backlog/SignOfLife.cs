using Fib.Redis.Backlog;
using StackExchange.Redis;

namespace Fib.Worker.Backlog;

/// <summary>Says every <see cref="BacklogKeys.SignOfLife"/> that this worker is alive, by Redis' own clock.</summary>
internal sealed class SignOfLife(IConnectionMultiplexer redis, WorkerName name, TimeProvider time, ILogger<SignOfLife> logger) : BackgroundService
{
    // Members that have long been silent go, so that the set stays small.
    private const string Script = """
        local now = redis.call('TIME')[1]
        redis.call('ZADD', KEYS[1], now, ARGV[1])
        redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - 60)
        """;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(BacklogKeys.SignOfLife, time);
        do
        {
            await GiveAsync();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryAsync(database => database.SortedSetRemoveAsync(BacklogKeys.Workers, name.Value));
    }

    private Task GiveAsync() => TryAsync(database => database.ScriptEvaluateAsync(Script, [BacklogKeys.Workers], [name.Value]));

    private async Task TryAsync(Func<IDatabase, Task> send)
    {
        try
        {
            await send(redis.GetDatabase());
        }
        catch (Exception failure) when (failure is RedisException or TimeoutException)
        {
            Log.RedisAway(logger, failure.Message);
        }
    }
}
