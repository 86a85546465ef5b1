using System.Collections.Immutable;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Orchestration;

/// <summary>Asks the health checks of every resource that runs, tells its state, and raises its ready event the first time it is healthy.</summary>
internal sealed class HealthMonitor(
    ResourceNotificationService states, HealthCheckService checks, IDistributedApplicationEventing eventing, IServiceProvider services, ResourceLoggerService logs)
{
    private static readonly TimeSpan WhenHealthy = TimeSpan.FromSeconds(30), Step = TimeSpan.FromMilliseconds(100), AtMost = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, CancellationTokenSource> _monitors = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _running = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The reports of a resource whose checks have not run yet.</summary>
    public static ImmutableArray<HealthReportSnapshot> Pending(IResource resource) => [.. Keys(resource).Select(key => new HealthReportSnapshot(key, null, null, null))];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var change in states.WatchAsync(cancellationToken))
        {
            if (change.Snapshot.State?.Text == KnownResourceStates.Running)
            {
                _running.Add(change.ResourceId);
                if (!_monitors.ContainsKey(change.Resource.Name))
                    Start(change.Resource, cancellationToken);
            }
            // One instance that goes on answers for the resource.
            else if (_running.Remove(change.ResourceId) && !InstanceNames.Of(change.Resource).Any(_running.Contains) && _monitors.Remove(change.Resource.Name, out var monitor))
            {
                await monitor.CancelAsync();
            }
        }
    }

    private static IReadOnlyList<string> Keys(IResource resource) =>
        resource.TryGetAnnotationsIncludingAncestorsOfType<HealthCheckAnnotation>(out var found) ? [.. found.Select(a => a.Key).Distinct()] : [];

    private void Start(IResource resource, CancellationToken cancellationToken)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _monitors[resource.Name] = stop;
        _ = Task.Run(() => MonitorAsync(resource, stop.Token), CancellationToken.None);
    }

    private async Task MonitorAsync(IResource resource, CancellationToken cancellationToken)
    {
        try
        {
            var keys = Keys(resource);
            if (keys.Count == 0)
            {
                await RaiseReadyAsync(resource, cancellationToken);
                return;
            }
            var ready = false;
            for (var unhealthy = 1; ; unhealthy++)
            {
                var healthy = await CheckAsync(resource, keys, cancellationToken);
                if (healthy && !ready)
                    await RaiseReadyAsync(resource, cancellationToken);
                (ready, unhealthy) = (ready || healthy, healthy ? 0 : unhealthy);
                await Task.Delay(healthy ? WhenHealthy : TimeSpan.FromTicks(Math.Min(AtMost.Ticks, unhealthy * Step.Ticks)), cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The resource or the host has stopped.
        }
    }

    private async Task<bool> CheckAsync(IResource resource, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(r => keys.Contains(r.Name), cancellationToken);
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        ImmutableArray<HealthReportSnapshot> reports = [.. keys.Select(key => report.Entries.TryGetValue(key, out var entry)
            ? new HealthReportSnapshot(key, entry.Status, entry.Description, entry.Exception?.Message) { LastRunAt = now }
            : new HealthReportSnapshot(key, HealthStatus.Unhealthy, "No health check is registered under this name.", null) { LastRunAt = now })];
        cancellationToken.ThrowIfCancellationRequested();
        await states.PublishUpdateAsync(resource, s => s with { HealthReports = reports });
        return reports.All(r => r.Status == HealthStatus.Healthy);
    }

    private Task RaiseReadyAsync(IResource resource, CancellationToken cancellationToken)
    {
        var handlers = Task.Run(() => eventing.PublishAsync(new ResourceReadyEvent(resource, services), cancellationToken), cancellationToken);
        _ = handlers.ContinueWith(
            task => logs.GetLogger(resource).LogError("A handler of the ready event failed: {Message}", task.Exception!.InnerException!.Message),
            CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return states.PublishUpdateAsync(resource, s => s with { Ready = handlers });
    }
}
