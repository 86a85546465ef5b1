using Aspire.Hosting.Eventing;
using Aspire.Hosting.Publishing;

namespace Aspire.Hosting;

/// <summary>Subscribes while the model is built.</summary>
public static class DistributedApplicationEventingExtensions
{
    /// <summary>Before anything starts.</summary>
    public static T OnBeforeStart<T>(this T builder, Func<BeforeStartEvent, CancellationToken, Task> callback) where T : IDistributedApplicationBuilder =>
        builder.On(callback);

    /// <summary>Before the pipeline runs.</summary>
    public static T OnBeforePublish<T>(this T builder, Func<BeforePublishEvent, CancellationToken, Task> callback) where T : IDistributedApplicationBuilder =>
        builder.On(callback);

    /// <summary>After the pipeline has run.</summary>
    public static T OnAfterPublish<T>(this T builder, Func<AfterPublishEvent, CancellationToken, Task> callback) where T : IDistributedApplicationBuilder =>
        builder.On(callback);

    /// <summary>Before an instance of the resource starts.</summary>
    public static IResourceBuilder<T> OnBeforeResourceStarted<T>(
        this IResourceBuilder<T> builder, Func<T, BeforeResourceStartedEvent, CancellationToken, Task> callback) where T : IResource => builder.On(callback);

    /// <summary>Once the resource's connection string can be evaluated.</summary>
    public static IResourceBuilder<T> OnConnectionStringAvailable<T>(
        this IResourceBuilder<T> builder, Func<T, ConnectionStringAvailableEvent, CancellationToken, Task> callback) where T : IResourceWithConnectionString => builder.On(callback);

    /// <summary>When a resource of one's own type may be set going.</summary>
    public static IResourceBuilder<T> OnInitializeResource<T>(
        this IResourceBuilder<T> builder, Func<T, InitializeResourceEvent, CancellationToken, Task> callback) where T : IResource => builder.On(callback);

    /// <summary>Once the resource's endpoints have addresses.</summary>
    public static IResourceBuilder<T> OnResourceEndpointsAllocated<T>(
        this IResourceBuilder<T> builder, Func<T, ResourceEndpointsAllocatedEvent, CancellationToken, Task> callback) where T : IResourceWithEndpoints => builder.On(callback);

    /// <summary>Once the resource runs and is healthy.</summary>
    public static IResourceBuilder<T> OnResourceReady<T>(
        this IResourceBuilder<T> builder, Func<T, ResourceReadyEvent, CancellationToken, Task> callback) where T : IResource => builder.On(callback);

    /// <summary>Once an instance of the resource has ended.</summary>
    public static IResourceBuilder<T> OnResourceStopped<T>(
        this IResourceBuilder<T> builder, Func<T, ResourceStoppedEvent, CancellationToken, Task> callback) where T : IResource => builder.On(callback);

    private static T On<T, TEvent>(this T builder, Func<TEvent, CancellationToken, Task> callback)
        where T : IDistributedApplicationBuilder where TEvent : IDistributedApplicationEvent
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Eventing.Subscribe(callback);
        return builder;
    }

    private static IResourceBuilder<T> On<T, TEvent>(this IResourceBuilder<T> builder, Func<T, TEvent, CancellationToken, Task> callback)
        where T : IResource where TEvent : IDistributedApplicationResourceEvent
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(callback);
        builder.ApplicationBuilder.Eventing.Subscribe<TEvent>(builder.Resource, (e, cancellationToken) => callback(builder.Resource, e, cancellationToken));
        return builder;
    }
}
