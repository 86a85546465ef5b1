using Fib.ServiceDefaults.Dependencies;
using Fib.Web.Api;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Fib.Web.Health;

/// <summary>Registers the health checks of the web service.</summary>
internal static class ApiHealthChecks
{
    /// <summary>Below the time limit of <c>/health</c>, so that its response names the check that failed.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1.5);

    /// <summary>Makes <c>/health</c> report whether the api is alive, whether its stores are ready and whether a worker is alive.</summary>
    public static void AddApiHealth(this WebApplicationBuilder builder)
    {
        builder.AddApiClient<HealthClient>(Timeout);
        builder.Services.AddHealthChecks()
            .AddCheck<ApiAliveHealthCheck>("api").AddCheck<ApiStoresHealthCheck>("stores").AddCheck<ApiWorkersHealthCheck>("workers");
    }
}

/// <summary>Healthy while the api is alive: without it the web service has nothing to show.</summary>
internal sealed class ApiAliveHealthCheck(HealthClient client, [FromKeyedServices(ApiCall.ApiName)] Dependency api) : IHealthCheck
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
