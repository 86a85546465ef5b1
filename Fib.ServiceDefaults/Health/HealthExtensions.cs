using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Fib.ServiceDefaults.Health;

internal static class HealthExtensions
{
    public const string ReadyPath = "/health", AlivePath = "/alive";

    private const string Policy = "health";
    private const string Live = "live";

    public static void AddDefaultHealthChecks(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [Live]);
        services.AddRequestTimeouts(timeouts => timeouts.AddPolicy(Policy, TimeSpan.FromSeconds(2)));
        // While all is well the stores are asked once a second, whoever asks how often.
        services.AddOutputCache(caching => caching.AddPolicy(Policy, policy => policy.Expire(TimeSpan.FromSeconds(1)).SetVaryByQuery([])));
    }

    public static void MapReady(this WebApplication app) =>
        app.MapHealthChecks(ReadyPath, new HealthCheckOptions { Predicate = check => !check.Tags.Contains(Live), ResponseWriter = HealthReportWriter.WriteAsync })
            .WithRequestTimeout(Policy).CacheOutput(Policy).DisableHttpMetrics();

    public static void MapAlive(this WebApplication app) =>
        app.MapHealthChecks(AlivePath, new HealthCheckOptions { Predicate = check => check.Tags.Contains(Live) }).DisableHttpMetrics();
}
