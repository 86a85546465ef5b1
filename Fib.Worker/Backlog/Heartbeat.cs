using Fib.Redis.Backlog;
using Fib.Redis.Connection;
using Fib.ServiceDefaults.Background;
using StackExchange.Redis;

namespace Fib.Worker.Backlog;

/// <summary>Says every <see cref="BacklogKeys.SignOfLife"/> that this worker is alive, by Redis' own clock.</summary>
internal sealed class SignOfLife(IConnectionMultiplexer redis, WorkerName name, RedisState state, TimeProvider time, ILogger<SignOfLife> logger) : BackgroundService
{
    // Members that have long been silent go, so that the set stays small, and what no worker wrote: another type, another clock.
    private const string Script = """
        local now, kind = redis.call('TIME')[1], redis.call('TYPE', KEYS[1]).ok
        if kind ~= 'zset' and kind ~= 'none' then redis.call('DEL', KEYS[1]) end
        redis.call('ZADD', KEYS[1], now, ARGV[1])
        redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - 60)
        redis.call('ZREMRANGEBYSCORE', KEYS[1], now + 60, '+inf')
        """;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new RetryLoop("The sign of life", state.FindOutage, time, logger).RunAsync(GiveAsync, stoppingToken);

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await redis.GetDatabase().SortedSetRemoveAsync(BacklogKeys.Workers, name.Value);
        }
        catch (Exception failure) when (RedisFailure.Is(failure))
        {
            // The apis take it for dead after three signs that did not come.
        }
    }

    private async Task<TimeSpan> GiveAsync(CancellationToken cancellationToken)
    {
        await redis.GetDatabase().ScriptEvaluateAsync(Script, [BacklogKeys.Workers], [name.Value]);
        return BacklogKeys.SignOfLife;
    }
}
