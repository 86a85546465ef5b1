using Fib.Web.Api;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Fib.Web.Health;

/// <summary>
/// Whether the api's stores are ready, without detail: the gateway publishes it. An unavailable store is only degraded, so the web
/// service stays in rotation; its pages report the outage.
/// </summary>
internal sealed class ApiStoresHealthCheck(HealthClient client) : IHealthCheck
{
    private static readonly string[] Stores = ["postgres", "schema", "redis"];

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var health = await ApiCall.RunAsync(() => client.ReadAsync(cancellationToken), cancellationToken);
            return Stores.All(store => health?.Results.GetValueOrDefault(store)?.Status == nameof(HealthStatus.Healthy))
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Degraded();
        }
        catch (ApiUnavailableException)
        {
            return HealthCheckResult.Degraded();
        }
    }
}
