namespace Aspire.Hosting.ApplicationModel;

/// <summary>Everything the application is made of.</summary>
public class DistributedApplicationModel
{
    /// <summary>A model over a collection.</summary>
    public DistributedApplicationModel(IResourceCollection resources) => Resources = resources;

    /// <summary>A model of these resources.</summary>
    public DistributedApplicationModel(IEnumerable<IResource> resources) => Resources = new ResourceCollection(resources);

    /// <summary>The resources.</summary>
    public IResourceCollection Resources { get; }
}
