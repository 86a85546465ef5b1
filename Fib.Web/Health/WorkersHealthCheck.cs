using Fib.Web.Terms;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Fib.Web.Health;

/// <summary>Passes on what the api knows of the workers. None is no reason to take the web out of service: submissions are kept for them.</summary>
internal sealed class WorkersHealthCheck(HealthClient client) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var health = await ApiAnswers.AskAsync(() => client.ReadAsync(cancellationToken), cancellationToken);
            var workers = health?.Results.GetValueOrDefault("workers");
            return workers?.Status == nameof(HealthStatus.Healthy)
                ? HealthCheckResult.Healthy(workers.Description)
                : HealthCheckResult.Degraded(workers?.Description ?? "unknown");
        }
        catch (Exception failure) when (failure is ApiUnavailableException or OperationCanceledException)
        {
            return HealthCheckResult.Degraded("unknown");
        }
    }
}
