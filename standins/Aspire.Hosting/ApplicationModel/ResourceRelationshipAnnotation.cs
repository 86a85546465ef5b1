namespace Aspire.Hosting.ApplicationModel;

/// <summary>Says that two resources belong together, and how.</summary>
public sealed class ResourceRelationshipAnnotation(IResource resource, string type) : IResourceAnnotation
{
    /// <summary>The other resource.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>Reference, WaitFor or Parent.</summary>
    public string Type { get; } = type;
}
