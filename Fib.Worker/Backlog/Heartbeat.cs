using Fib.Redis.Backlog;
using Fib.Redis.Connection;
using Fib.Redis.Streams;
using Fib.ServiceDefaults.Background;
using Fib.ServiceDefaults.Dependencies;
using StackExchange.Redis;

namespace Fib.Worker.Backlog;

/// <summary>
/// Writes this worker to <see cref="BacklogKeys.Workers"/> every <see cref="BacklogKeys.HeartbeatInterval"/>, with the time of the Redis
/// clock, and removes it at the stop.
/// </summary>
internal sealed class Heartbeat(
    IConnectionMultiplexer redis, WorkerName name, [FromKeyedServices(RedisFailure.DependencyName)] Dependency state, TimeProvider time,
    ILogger<Heartbeat> logger)
    : BackgroundService
{
    // Removes workers without a heartbeat for 60 s, so that the set stays small, and what no worker wrote: another type, future times.
    private const string Script = """
        local now, kind = redis.call('TIME')[1], redis.call('TYPE', KEYS[1]).ok
        if kind ~= 'zset' and kind ~= 'none' then redis.call('DEL', KEYS[1]) end
        redis.call('ZADD', KEYS[1], now, ARGV[1])
        redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - 60)
        redis.call('ZREMRANGEBYSCORE', KEYS[1], now + 60, '+inf')
        """;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new RetryLoop("The heartbeat", exception => RedisFailure.FindOutage(state, exception), time, logger)
            .RunAsync(SendAsync, stoppingToken);

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await redis.GetDatabase().SortedSetRemoveAsync(BacklogKeys.Workers, name.Value).WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is OperationCanceledException || RedisFailure.Is(exception))
        {
            // The apis count it as dead after three missed heartbeats.
        }
    }

    private async Task<TimeSpan> SendAsync(CancellationToken cancellationToken)
    {
        await redis.GetDatabase().ScriptEvaluateAsync(Script, [BacklogKeys.Workers], [name.Value]);
        return BacklogKeys.HeartbeatInterval;
    }
}

/// <summary>The consumer name of this process, in its heartbeat and in the consumer group.</summary>
internal sealed class WorkerName
{
    public string Value { get; } = GroupConsumer.CreateName();
}
