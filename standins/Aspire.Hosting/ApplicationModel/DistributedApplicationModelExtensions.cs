namespace Aspire.Hosting.ApplicationModel;

/// <summary>Finds what is deployed.</summary>
public static class DistributedApplicationModelExtensions
{
    /// <summary>The projects and containers that are published.</summary>
    public static IEnumerable<IResource> GetComputeResources(this DistributedApplicationModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Resources.Where(r => !r.IsExcludedFromPublish() && (r.IsContainer() || r is ProjectResource));
    }

    /// <summary>The resources whose image must be built.</summary>
    public static IEnumerable<IResource> GetBuildResources(this DistributedApplicationModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Resources.Where(r => r.RequiresImageBuild());
    }
}
