namespace Aspire.Hosting.ApplicationModel;

/// <summary>Finds projects in a model.</summary>
public static class ProjectResourceExtensions
{
    /// <summary>All projects.</summary>
    public static IEnumerable<ProjectResource> GetProjectResources(this DistributedApplicationModel model) => model.Resources.OfType<ProjectResource>();

    /// <summary>Where a project is.</summary>
    public static IProjectMetadata GetProjectMetadata(this ProjectResource projectResource) =>
        projectResource.Annotations.OfType<IProjectMetadata>().Single();
}
