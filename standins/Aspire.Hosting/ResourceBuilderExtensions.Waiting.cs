namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Starts the resource once another is healthy.</summary>
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency) where T : IResourceWithWaitSupport =>
        builder.Wait(dependency.Resource, WaitType.WaitUntilHealthy, null);

    /// <summary>Starts the resource once another is healthy, and says what to do when that one fails.</summary>
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, WaitBehavior waitBehavior)
        where T : IResourceWithWaitSupport => builder.Wait(dependency.Resource, WaitType.WaitUntilHealthy, waitBehavior);

    /// <summary>Starts the resource once another runs.</summary>
    public static IResourceBuilder<T> WaitForStart<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency) where T : IResourceWithWaitSupport =>
        builder.Wait(dependency.Resource, WaitType.WaitUntilStarted, null);

    /// <summary>Starts the resource once another runs, and says what to do when that one fails.</summary>
    public static IResourceBuilder<T> WaitForStart<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, WaitBehavior waitBehavior)
        where T : IResourceWithWaitSupport => builder.Wait(dependency.Resource, WaitType.WaitUntilStarted, waitBehavior);

    /// <summary>Starts the resource once another has ended with an exit code.</summary>
    public static IResourceBuilder<T> WaitForCompletion<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, int exitCode = 0)
        where T : IResourceWithWaitSupport
    {
        Refuse(builder.Resource, dependency.Resource);
        return builder.WithRelationship(dependency.Resource, "WaitFor")
            .WithAnnotation(new WaitAnnotation(dependency.Resource, WaitType.WaitForCompletion, exitCode));
    }

    private static IResourceBuilder<T> Wait<T>(this IResourceBuilder<T> builder, IResource dependency, WaitType type, WaitBehavior? behavior) where T : IResourceWithWaitSupport
    {
        ArgumentNullException.ThrowIfNull(builder);
        Refuse(builder.Resource, dependency);
        // A child may have no health checks of its own, so its parent is waited for too.
        if (dependency is IResourceWithParent child)
            builder.Wait(child.Parent, type, behavior);
        return builder.WithRelationship(dependency, "WaitFor").WithAnnotation(new WaitAnnotation(dependency, type) { WaitBehavior = behavior });
    }

    private static void Refuse(IResource resource, IResource dependency)
    {
        if (resource == dependency)
            throw new DistributedApplicationException($"The '{resource.Name}' resource cannot wait for itself.");
        if (resource is IResourceWithParent child && child.Parent == dependency)
            throw new DistributedApplicationException($"The '{resource.Name}' resource cannot wait for its parent '{dependency.Name}'.");
    }
}
