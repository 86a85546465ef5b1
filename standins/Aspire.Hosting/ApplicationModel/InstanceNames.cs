namespace Aspire.Hosting.ApplicationModel;

/// <summary>The names of a resource's instances: its own, with a suffix for those that are processes.</summary>
internal sealed class InstanceNames(IReadOnlyList<string> names) : IResourceAnnotation
{
    public IReadOnlyList<string> Names { get; } = names;

    public static IReadOnlyList<string> Of(IResource resource) =>
        resource.TryGetLastAnnotation<InstanceNames>(out var annotation) ? annotation.Names : [resource.Name];
}
