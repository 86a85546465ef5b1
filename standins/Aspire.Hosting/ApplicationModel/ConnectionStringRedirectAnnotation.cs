namespace Aspire.Hosting.ApplicationModel;

/// <summary>Makes a resource answer with another's connection string.</summary>
public class ConnectionStringRedirectAnnotation(IResourceWithConnectionString resource) : IResourceAnnotation
{
    /// <summary>The other resource.</summary>
    public IResourceWithConnectionString Resource { get; } = resource;
}
