namespace Aspire.Hosting;

/// <summary>Finds containers in a model.</summary>
public static class ContainerResourceExtensions
{
    /// <summary>All resources that are containers.</summary>
    public static IEnumerable<IResource> GetContainerResources(this DistributedApplicationModel model) => model.Resources.Where(IsContainer);

    /// <summary>Whether a resource is a container: whether it has an image.</summary>
    public static bool IsContainer(this IResource resource) => resource.Annotations.OfType<ContainerImageAnnotation>().Any();
}
