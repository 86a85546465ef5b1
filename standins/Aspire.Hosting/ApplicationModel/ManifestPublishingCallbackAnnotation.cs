namespace Aspire.Hosting.ApplicationModel;

/// <summary>Keeps a resource out of what is published.</summary>
public class ManifestPublishingCallbackAnnotation : IResourceAnnotation
{
    private ManifestPublishingCallbackAnnotation()
    {
    }

    /// <summary>The only one: this resource is not published.</summary>
    public static ManifestPublishingCallbackAnnotation Ignore { get; } = new();
}
