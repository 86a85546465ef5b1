using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace Fib.Redis.Connection;

/// <summary>Ready while Redis answers a PING; unlike the client's own retries, within the check's deadline.</summary>
public sealed class RedisHealthCheck(IConnectionMultiplexer redis) : IHealthCheck
{
    /// <inheritdoc />
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await redis.GetDatabase().PingAsync().WaitAsync(TimeSpan.FromSeconds(1), cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception failure) when (RedisFailure.Is(failure))
        {
            return HealthCheckResult.Unhealthy("Redis does not answer.");
        }
    }
}
