using System.Globalization;
using Fib.Redis.Backlog;
using Fib.Redis.Connection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace Fib.Api.Backlog;

/// <summary>Counts the workers with a recent heartbeat.</summary>
internal static class LiveWorkers
{
    /// <summary>Uses the clock of Redis, so that the clocks of the machines need not agree.</summary>
    private const string Script = "return redis.call('ZCOUNT', KEYS[1], redis.call('TIME')[1] - ARGV[1], '+inf')";

    public static async Task<long> CountWorkersAsync(this IDatabase database) =>
        (long)await database.ScriptEvaluateAsync(Script, [BacklogKeys.Workers], [(int)BacklogKeys.HeartbeatInterval.TotalSeconds * 3]);
}

/// <summary>Degraded without a live worker: the api still accepts submissions.</summary>
internal sealed class LiveWorkersHealthCheck(IConnectionMultiplexer redis) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var alive = await redis.GetDatabase().CountWorkersAsync().WaitAsync(TimeSpan.FromSeconds(1), cancellationToken);
            var description = string.Create(CultureInfo.InvariantCulture, $"{alive} alive");
            return alive > 0 ? HealthCheckResult.Healthy(description) : HealthCheckResult.Degraded(description);
        }
        catch (Exception exception) when (RedisFailure.Is(exception))
        {
            return HealthCheckResult.Degraded("unknown: Redis does not answer");
        }
    }
}
