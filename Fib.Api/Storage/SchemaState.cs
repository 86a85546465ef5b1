using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Fib.Api.Storage;

/// <summary>Whether the schema is there and the database does what the api needs; the services that read or write wait for the first, and readiness shows both.</summary>
internal sealed class SchemaState : IHealthCheck
{
    private readonly TaskCompletionSource _created = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string? _refusal = "The schema is not created yet.";

    /// <summary>Whether it ever was.</summary>
    public bool IsCreated => _created.Task.IsCompleted;

    /// <summary>The schema is there, and nothing is refused.</summary>
    public void SetServing()
    {
        _refusal = null;
        _created.TrySetResult();
    }

    /// <summary>The database does not serve, for this reason.</summary>
    public void SetRefusing(string reason) => _refusal = reason;

    public Task WaitAsync(CancellationToken cancellationToken) => _created.Task.WaitAsync(cancellationToken);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_refusal is { } refusal ? HealthCheckResult.Unhealthy(refusal) : HealthCheckResult.Healthy());
}
