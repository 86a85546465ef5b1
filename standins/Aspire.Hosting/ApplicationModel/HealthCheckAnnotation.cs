namespace Aspire.Hosting.ApplicationModel;

/// <summary>Names a registered health check that tells this resource's health.</summary>
public class HealthCheckAnnotation(string key) : IResourceAnnotation
{
    /// <summary>The name the check is registered under.</summary>
    public string Key { get; } = key;
}
