using System.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Fib.AppHost.Running;

/// <summary>
/// Repeats a health check until it succeeds, for a few seconds. Aspire checks a starting resource again only after 1, 2, 3... seconds,
/// and the dependents of the resource would wait that long.
/// </summary>
internal sealed class PollingHealthCheck(IHealthCheck check) : IHealthCheck
{
    /// <summary>Services answer within two seconds. A service that hangs must not block dependents and other health checks.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var startedAt = Stopwatch.GetTimestamp();
        while (true)
        {
            var result = await CheckOnceAsync(context, cancellationToken);
            if (result.Status == HealthStatus.Healthy || Stopwatch.GetElapsedTime(startedAt) > Duration)
                return result;
            await Task.Delay(Interval, cancellationToken);
        }
    }

    private async Task<HealthCheckResult> CheckOnceAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        attempt.CancelAfter(Timeout);
        try
        {
            return await check.CheckHealthAsync(context, attempt.Token);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, exception.Message, exception);
        }
    }
}
