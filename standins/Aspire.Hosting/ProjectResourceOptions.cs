namespace Aspire.Hosting;

/// <summary>What a project takes from its own configuration.</summary>
public class ProjectResourceOptions
{
    /// <summary>The launch profile; none takes the app host's, or the first.</summary>
    public string? LaunchProfileName { get; set; }

    /// <summary>Whether launch profiles are left unread.</summary>
    public bool ExcludeLaunchProfile { get; set; }
}
