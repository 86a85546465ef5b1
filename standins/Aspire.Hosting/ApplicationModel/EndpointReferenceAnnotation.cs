namespace Aspire.Hosting.ApplicationModel;

/// <summary>Records which endpoints of another resource this one was told about.</summary>
public sealed class EndpointReferenceAnnotation(IResourceWithEndpoints resource) : IResourceAnnotation
{
    /// <summary>The other resource.</summary>
    public IResourceWithEndpoints Resource { get; } = resource;

    /// <summary>Whether all of its endpoints are meant.</summary>
    public bool UseAllEndpoints { get; set; }

    /// <summary>The endpoints meant by name.</summary>
    public ISet<string> EndpointNames { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
}
