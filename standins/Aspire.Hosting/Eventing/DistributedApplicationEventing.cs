namespace Aspire.Hosting.Eventing;

/// <summary>Tells subscribers what happens, in the order they subscribed.</summary>
public class DistributedApplicationEventing : IDistributedApplicationEventing
{
    private readonly Lock _lock = new();
    private readonly List<(Type Event, DistributedApplicationEventSubscription Subscription)> _subscriptions = [];

    /// <inheritdoc />
    public DistributedApplicationEventSubscription Subscribe<T>(Func<T, CancellationToken, Task> callback) where T : IDistributedApplicationEvent
    {
        ArgumentNullException.ThrowIfNull(callback);
        var subscription = new DistributedApplicationEventSubscription((e, cancellationToken) => callback((T)e, cancellationToken));
        lock (_lock)
            _subscriptions.Add((typeof(T), subscription));
        return subscription;
    }

    /// <inheritdoc />
    public DistributedApplicationEventSubscription Subscribe<T>(IResource resource, Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationResourceEvent
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(callback);
        return Subscribe<T>((e, cancellationToken) => e.Resource == resource ? callback(e, cancellationToken) : Task.CompletedTask);
    }

    /// <inheritdoc />
    public void Unsubscribe(DistributedApplicationEventSubscription subscription)
    {
        lock (_lock)
            _subscriptions.RemoveAll(s => s.Subscription == subscription);
    }

    /// <inheritdoc />
    public async Task PublishAsync<T>(T @event, CancellationToken cancellationToken = default) where T : IDistributedApplicationEvent
    {
        List<DistributedApplicationEventSubscription> callbacks;
        lock (_lock)
            callbacks = [.. _subscriptions.Where(s => s.Event == typeof(T)).Select(s => s.Subscription)];
        foreach (var subscription in callbacks)
            await subscription.Callback(@event, cancellationToken);
    }
}
