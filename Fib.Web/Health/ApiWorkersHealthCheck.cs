using Fib.Web.Api;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Fib.Web.Health;

/// <summary>
/// Repeats the api's check of the workers. Without a worker it is only degraded, so the web service stays in rotation: submissions
/// are kept until a worker is alive.
/// </summary>
internal sealed class ApiWorkersHealthCheck(HealthClient client) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var health = await ApiCall.RunAsync(() => client.ReadAsync(cancellationToken), cancellationToken);
            var workers = health?.Results.GetValueOrDefault("workers");
            return workers?.Status == nameof(HealthStatus.Healthy)
                ? HealthCheckResult.Healthy(workers.Description)
                : HealthCheckResult.Degraded(workers?.Description ?? "unknown");
        }
        catch (Exception exception) when (exception is ApiUnavailableException or OperationCanceledException)
        {
            return HealthCheckResult.Degraded("unknown");
        }
    }
}
