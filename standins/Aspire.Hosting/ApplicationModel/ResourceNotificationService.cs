using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Knows the state of every resource and tells whoever watches or waits.</summary>
public class ResourceNotificationService : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ResourceEvent> _states = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<ChannelWriter<ResourceEvent>> _watchers = [];
    private readonly CancellationTokenSource _disposed = new();
    private readonly WaitBehavior _defaultBehavior;
    private readonly IServiceProvider _services;

    /// <summary>Starts without states.</summary>
    public ResourceNotificationService(
        ILogger<ResourceNotificationService> logger, IHostApplicationLifetime hostApplicationLifetime,
        IServiceProvider serviceProvider, ResourceLoggerService resourceLoggerService)
    {
        ArgumentNullException.ThrowIfNull(serviceProvider);
        _services = serviceProvider;
        _defaultBehavior = serviceProvider.GetService<IOptions<ResourceNotificationServiceOptions>>()?.Value.DefaultWaitBehavior ?? WaitBehavior.StopOnResourceUnavailable;
    }

    /// <summary>Every instance's state now, and every change from now on.</summary>
    public async IAsyncEnumerable<ResourceEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<ResourceEvent>();
        lock (_lock)
        {
            foreach (var state in _states.Values)
                channel.Writer.TryWrite(state);
            _watchers.Add(channel.Writer);
        }
        try
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);
            await foreach (var change in channel.Reader.ReadAllAsync(stop.Token))
                yield return change;
        }
        finally
        {
            lock (_lock)
                _watchers.Remove(channel.Writer);
        }
    }

    /// <summary>Waits until an instance is in a state, Running by default.</summary>
    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default) =>
        WaitForResourceAsync(resourceName, [string.IsNullOrEmpty(targetState) ? KnownResourceStates.Running : targetState], cancellationToken);

    /// <summary>Waits until an instance is in one of several states, and says in which.</summary>
    public async Task<string> WaitForResourceAsync(string resourceName, IEnumerable<string> targetStates, CancellationToken cancellationToken = default)
    {
        var reached = await WaitForResourceAsync(
            resourceName, e => targetStates.Contains(e.Snapshot.State?.Text, StringComparer.OrdinalIgnoreCase), cancellationToken);
        return reached.Snapshot.State!.Text;
    }

    /// <summary>Waits until an instance's state satisfies a condition.</summary>
    public async Task<ResourceEvent> WaitForResourceAsync(string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default)
    {
        await foreach (var change in WatchAsync(cancellationToken))
            if (change.Resource.Name.Equals(resourceName, StringComparison.OrdinalIgnoreCase) && predicate(change))
                return change;
        throw new OperationCanceledException($"The operation was cancelled before the resource '{resourceName}' met the predicate condition.");
    }

    /// <summary>Waits until a resource is healthy; throws when it fails first, unless the default says to go on waiting.</summary>
    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default) =>
        WaitForResourceHealthyAsync(resourceName, _defaultBehavior, cancellationToken);

    /// <summary>Waits until a resource is healthy; throws when it fails first, if told to.</summary>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, WaitBehavior waitBehavior, CancellationToken cancellationToken = default)
    {
        if (_services.GetService<DistributedApplicationModel>()?.Resources.TryGetByName(resourceName, out _) == false)
            throw new DistributedApplicationException($"Stopped waiting for resource '{resourceName}' to become healthy because it does not exist in the application model.");
        var reached = await WaitForResourceAsync(
            resourceName, e => IsReady(e) || (waitBehavior == WaitBehavior.StopOnResourceUnavailable && ResourceWaits.HasFailed(e.Snapshot)), cancellationToken);
        if (!IsReady(reached))
            throw new DistributedApplicationException($"Stopped waiting for resource '{resourceName}' to become healthy because it failed to start.");
        await reached.Snapshot.Ready!.WaitAsync(cancellationToken);
        return reached;
    }

    /// <summary>Waits for everything a resource waits for; throws when one of them has failed.</summary>
    public Task WaitForDependenciesAsync(IResource resource, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return Task.WhenAll(resource.Annotations.OfType<WaitAnnotation>().Where(w => w.Resource is not (IResourceWithoutLifetime or ParameterResource))
            .SelectMany(wait => InstanceNames.Of(wait.Resource).Select(name => ResourceWaits.WaitAsync(this, resource, wait, name, wait.WaitBehavior ?? _defaultBehavior, cancellationToken))));
    }

    /// <summary>The state of an instance, or of a resource's first instance.</summary>
    public bool TryGetCurrentState(string resourceId, [NotNullWhen(true)] out ResourceEvent? resourceEvent)
    {
        lock (_lock)
            return _states.TryGetValue(resourceId, out resourceEvent)
                || (resourceEvent = _states.Values.FirstOrDefault(e => e.Resource.Name.Equals(resourceId, StringComparison.OrdinalIgnoreCase))) is not null;
    }

    /// <summary>Changes the state of every instance of a resource.</summary>
    public async Task PublishUpdateAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        foreach (var name in InstanceNames.Of(resource))
            await PublishUpdateAsync(resource, name, stateFactory);
    }

    /// <summary>Changes the state of one instance.</summary>
    public Task PublishUpdateAsync(IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        ArgumentNullException.ThrowIfNull(stateFactory);
        lock (_lock)
        {
            var before = _states.TryGetValue(resourceId, out var known) ? known.Snapshot : ResourceWaits.Initial(resource);
            var change = new ResourceEvent(resource, resourceId, stateFactory(before));
            _states[resourceId] = change;
            foreach (var watcher in _watchers)
                watcher.TryWrite(change);
        }
        return Task.CompletedTask;
    }

    /// <summary>Ends every watch.</summary>
    public void Dispose()
    {
        _disposed.Cancel();
        GC.SuppressFinalize(this);
    }

    private static bool IsReady(ResourceEvent e) => e.Snapshot is { HealthStatus: HealthStatus.Healthy, Ready: not null };
}
