using Fib.AppHost.Running;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Fib.Tests.Unit.AppHost;

/// <summary>A resource is healthy as soon as its own check succeeds.</summary>
public sealed class PollingHealthCheckTests
{
    [Fact]
    public async Task Check_FailsAtFirst_IsRepeatedUntilItSucceeds()
    {
        var attempts = 0;
        var result = await CheckAsync(_ => ++attempts switch
        {
            1 => throw new HttpRequestException("Connection refused"),
            2 => Task.FromResult(HealthCheckResult.Degraded()),
            _ => Task.FromResult(HealthCheckResult.Healthy()),
        });
        Assert.Equal((HealthStatus.Healthy, 3), (result.Status, attempts));
    }

    [Fact]
    public async Task Check_Cancelled_Ends()
    {
        using var ended = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => CheckAsync(async token =>
        {
            await ended.CancelAsync();
            token.ThrowIfCancellationRequested();
            return HealthCheckResult.Healthy();
        }, ended.Token));
    }

    private static Task<HealthCheckResult> CheckAsync(
        Func<CancellationToken, Task<HealthCheckResult>> check, CancellationToken cancellationToken = default)
    {
        var polling = new PollingHealthCheck(new DelegateCheck(check));
        var registration = new HealthCheckRegistration("api", polling, HealthStatus.Unhealthy, []);
        return polling.CheckHealthAsync(new HealthCheckContext { Registration = registration }, cancellationToken);
    }

    private sealed class DelegateCheck(Func<CancellationToken, Task<HealthCheckResult>> check) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            check(cancellationToken);
    }
}
