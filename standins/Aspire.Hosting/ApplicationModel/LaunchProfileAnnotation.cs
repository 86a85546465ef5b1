namespace Aspire.Hosting.ApplicationModel;

/// <summary>Chooses a launch profile of a project.</summary>
public sealed class LaunchProfileAnnotation(string launchProfileName) : IResourceAnnotation
{
    /// <summary>The profile's name.</summary>
    public string LaunchProfileName { get; } = launchProfileName;
}
