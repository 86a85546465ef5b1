using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Fib.Api.Storage;

/// <summary>Whether the schema is there yet; the services that read or write wait for it, and readiness shows it.</summary>
internal sealed class SchemaState : IHealthCheck
{
    private readonly TaskCompletionSource _created = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsCreated => _created.Task.IsCompleted;

    public void SetCreated() => _created.TrySetResult();

    public Task WaitAsync(CancellationToken cancellationToken) => _created.Task.WaitAsync(cancellationToken);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(IsCreated ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The schema is not created yet."));
}
