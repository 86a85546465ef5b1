using System.Text.Json;

namespace Aspire.Hosting.Orchestration;

/// <summary>Finds the launch profile a project is started with.</summary>
internal static class LaunchProfiles
{
    private static readonly JsonSerializerOptions Lenient = new() { ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static NamedLaunchProfile? Effective(ProjectResource project)
    {
        if (project.HasAnnotationOfType<ExcludeLaunchProfileAnnotation>())
            return null;
        var metadata = project.GetProjectMetadata();
        if (metadata.LaunchSettings is null && !File.Exists(metadata.ProjectPath))
            throw new DistributedApplicationException($"Project file '{metadata.ProjectPath}' was not found.");
        var settings = metadata.LaunchSettings ?? Read(Path.GetDirectoryName(metadata.ProjectPath)!);
        if (project.TryGetLastAnnotation<LaunchProfileAnnotation>(out var chosen))
            return Named(settings, chosen.LaunchProfileName)
                ?? throw new DistributedApplicationException($"Launch settings file does not contain '{chosen.LaunchProfileName}' profile.");
        var shared = project.TryGetLastAnnotation<DefaultLaunchProfileAnnotation>(out var named) ? Named(settings, named.LaunchProfileName) : null;
        return shared ?? settings?.Profiles.Where(p => IsProject(p.Value)).Select(p => new NamedLaunchProfile(p.Key, p.Value)).FirstOrDefault();
    }

    public static LaunchSettings? Read(string projectFolder)
    {
        var path = Path.Combine(projectFolder, "Properties", "launchSettings.json");
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<LaunchSettings>(File.ReadAllText(path), Lenient) : null;
        }
        catch (JsonException e)
        {
            throw new DistributedApplicationException($"{path} cannot be read: {e.Message}", e);
        }
    }

    private static NamedLaunchProfile? Named(LaunchSettings? settings, string name) =>
        settings?.Profiles.GetValueOrDefault(name) is { } profile ? new(name, profile) : null;

    private static bool IsProject(LaunchProfile profile) =>
        string.IsNullOrEmpty(profile.CommandName) || profile.CommandName.Equals("Project", StringComparison.OrdinalIgnoreCase);
}
