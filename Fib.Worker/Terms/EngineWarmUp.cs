using Fib.Core.Sequence;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Fib.Worker.Terms;

/// <summary>
/// Warms the engine up at start; the worker is ready after that, and the engine chooses its kernels. Logs each term that fails its
/// verification.
/// </summary>
internal sealed class EngineWarmUp(ILogger<EngineWarmUp> logger) : BackgroundService, IHealthCheck
{
    private volatile bool _isWarm;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_isWarm ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The engine is warming up."));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        TermEngine.Recomputing += index => Log.Recomputed(logger, index);
        await Task.Run(() => TermEngine.WarmUp(stoppingToken), stoppingToken);
        _isWarm = true;
        // After the worker is ready: the trial must not delay its start.
        await Task.Run(() => TermEngine.ChooseKernels(stoppingToken), stoppingToken);
    }
}
