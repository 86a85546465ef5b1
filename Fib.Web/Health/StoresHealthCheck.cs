using Fib.Web.Terms;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Fib.Web.Health;

/// <summary>Whether the api's stores serve, without detail: this is shown at the router. They are no reason to take the web out of service, which says so itself.</summary>
internal sealed class StoresHealthCheck(HealthClient client) : IHealthCheck
{
    private static readonly string[] Stores = ["postgres", "schema", "redis"];

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var health = await ApiAnswers.AskAsync(() => client.ReadAsync(cancellationToken), cancellationToken);
            return Stores.All(store => health?.Results.GetValueOrDefault(store)?.Status == nameof(HealthStatus.Healthy)) ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded();
        }
        catch (ApiUnavailableException)
        {
            return HealthCheckResult.Degraded();
        }
    }
}
