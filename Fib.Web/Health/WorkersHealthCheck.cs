using System.Text.Json;
using Fib.Web.Terms;
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
        catch (Exception failure) when (ApiAnswers.IsNoAnswer(failure, CancellationToken.None) || failure is JsonException)
        {
            return HealthCheckResult.Degraded("unknown");
        }
    }
}
