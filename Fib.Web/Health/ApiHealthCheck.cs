using Fib.ServiceDefaults.Dependencies;
using Fib.Web.Api;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Fib.Web.Health;

/// <summary>Healthy while the api is alive: without it the web service has nothing to show.</summary>
internal sealed class ApiHealthCheck(HealthClient client, [FromKeyedServices(ApiCall.ApiName)] Dependency api) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await ApiCall.RunAsync(api, () => client.CheckAliveAsync(cancellationToken), cancellationToken);
            return HealthCheckResult.Healthy("alive");
        }
        catch (Exception exception) when (exception is ApiUnavailableException or OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("no answer");
        }
    }
}
