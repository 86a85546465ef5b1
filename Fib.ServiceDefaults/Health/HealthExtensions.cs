using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Fib.ServiceDefaults.Health;

internal static class HealthExtensions
{
    public const string ReadyPath = "/health", AlivePath = "/alive";

    private const string Policy = "health";
    private const string Live = "live";
    private const long MaxCacheBytes = 64 * 1024;

    public static void AddDefaultHealthChecks(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [Live]);
        services.AddRequestTimeouts(timeouts => timeouts.AddPolicy(Policy, TimeSpan.FromSeconds(2)));
        // While the service is healthy, any number of requests query the stores once a second, whatever query and host they name. The
        // cache distinguishes schemes, which a client may choose too, so it is small.
        services.AddOutputCache(caching =>
        {
            caching.SizeLimit = MaxCacheBytes;
            caching.AddPolicy(Policy, policy => policy.Expire(TimeSpan.FromSeconds(1)).SetVaryByQuery([]).SetVaryByHost(false));
        });
    }

    public static void MapReady(this WebApplication app) =>
        app.MapHealthChecks(
                ReadyPath,
                new HealthCheckOptions { Predicate = check => !check.Tags.Contains(Live), ResponseWriter = WriteAsync })
            .WithRequestTimeout(Policy).CacheOutput(Policy).DisableHttpMetrics();

    public static void MapAlive(this WebApplication app) =>
        app.MapHealthChecks(AlivePath, new HealthCheckOptions { Predicate = check => check.Tags.Contains(Live) }).DisableHttpMetrics();

    /// <summary>Writes descriptions, but never exceptions.</summary>
    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var results = report.Entries.ToDictionary(
            entry => entry.Key,
            entry => new HealthResponseEntry(entry.Value.Status.ToString(), entry.Value.Description));
        var response = new HealthResponse(report.Status.ToString(), results);
        return context.Response.WriteAsJsonAsync(response, HealthJson.Default.HealthResponse, cancellationToken: context.RequestAborted);
    }
}
