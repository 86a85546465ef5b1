using Fib.Web.Terms;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Fib.Web.Health;

/// <summary>Healthy while the api is alive: without it the web has nothing to show.</summary>
internal sealed class ApiHealthCheck(HealthClient api) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await api.CheckAliveAsync(cancellationToken);
            return HealthCheckResult.Healthy("alive");
        }
        catch (Exception failure) when (ApiAnswers.IsNoAnswer(failure, CancellationToken.None))
        {
            return HealthCheckResult.Unhealthy("no answer");
        }
    }
}
