namespace Aspire.Hosting.ApplicationModel;

/// <summary>The launch profile taken where a project has one of that name: the app host's own.</summary>
public sealed class DefaultLaunchProfileAnnotation(string launchProfileName) : IResourceAnnotation
{
    /// <summary>The profile's name.</summary>
    public string LaunchProfileName { get; } = launchProfileName;
}
