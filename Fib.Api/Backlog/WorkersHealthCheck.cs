using System.Globalization;
using Fib.Redis.Backlog;
using Fib.Redis.Connection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace Fib.Api.Backlog;

/// <summary>How many workers gave a sign of life lately. Without one the api still accepts, so that is degraded, not unhealthy.</summary>
internal sealed class WorkersHealthCheck(IConnectionMultiplexer redis) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var alive = await redis.GetDatabase().CountWorkersAsync().WaitAsync(TimeSpan.FromSeconds(1), cancellationToken);
            var description = string.Create(CultureInfo.InvariantCulture, $"{alive} alive");
            return alive > 0 ? HealthCheckResult.Healthy(description) : HealthCheckResult.Degraded(description);
        }
        catch (Exception failure) when (RedisFailure.Is(failure))
        {
            return HealthCheckResult.Degraded("unknown: Redis does not answer");
        }
    }
}
