using Fib.ServiceDefaults.Dependencies;
using Fib.Web.Terms;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Fib.Web.Health;

/// <summary>Healthy while the api is alive: without it the web has nothing to show.</summary>
internal sealed class ApiHealthCheck(HealthClient client, [FromKeyedServices(ApiAnswers.ApiName)] Dependency api) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await ApiAnswers.AskAsync(api, () => client.CheckAliveAsync(cancellationToken), cancellationToken);
            return HealthCheckResult.Healthy("alive");
        }
        catch (Exception failure) when (failure is ApiUnavailableException or OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("no answer");
        }
    }
}
