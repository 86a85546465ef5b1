using System.Text.Json;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Fib.Web.Health;

/// <summary>Passes on what the api knows of the workers. None is no reason to take the web away: submissions are kept for them.</summary>
internal sealed class WorkersHealthCheck(HealthClient api) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var workers = (await api.ReadAsync(cancellationToken))?.Results.GetValueOrDefault("workers");
            return workers?.Status == nameof(HealthStatus.Healthy)
                ? HealthCheckResult.Healthy(workers.Description)
                : HealthCheckResult.Degraded(workers?.Description ?? "unknown");
        }
        catch (Exception away) when (away is HttpRequestException or OperationCanceledException or JsonException)
        {
            return HealthCheckResult.Degraded("unknown");
        }
    }
}
