using Aspire.Hosting.Orchestration;

namespace Aspire.Hosting;

/// <summary>Adds .NET projects.</summary>
public static class ProjectResourceBuilderExtensions
{
    /// <summary>Adds a project the app host refers to.</summary>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new() => builder.Add(name, new TProject(), new ProjectResourceOptions());

    /// <summary>Adds a project, with a launch profile; null leaves the profiles unread.</summary>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name, string? launchProfileName)
        where TProject : IProjectMetadata, new() => builder.Add(name, new TProject(), Profile(launchProfileName));

    /// <summary>Adds a project, with options.</summary>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name, Action<ProjectResourceOptions> configure)
        where TProject : IProjectMetadata, new() => builder.Add(name, new TProject(), Configured(configure));

    /// <summary>Adds a project by its file; a relative path starts at the app host's folder.</summary>
    public static IResourceBuilder<ProjectResource> AddProject(this IDistributedApplicationBuilder builder, string name, string projectPath) =>
        builder.Add(name, new ProjectPath(Path.GetFullPath(projectPath, builder.AppHostDirectory)), new ProjectResourceOptions());

    /// <summary>Adds a project by its file, with a launch profile; null leaves the profiles unread.</summary>
    public static IResourceBuilder<ProjectResource> AddProject(this IDistributedApplicationBuilder builder, string name, string projectPath, string? launchProfileName) =>
        builder.Add(name, new ProjectPath(Path.GetFullPath(projectPath, builder.AppHostDirectory)), Profile(launchProfileName));

    /// <summary>Adds a project by its file, with options.</summary>
    public static IResourceBuilder<ProjectResource> AddProject(this IDistributedApplicationBuilder builder, string name, string projectPath, Action<ProjectResourceOptions> configure) =>
        builder.Add(name, new ProjectPath(Path.GetFullPath(projectPath, builder.AppHostDirectory)), Configured(configure));

    /// <summary>Runs several instances; requests to its endpoints go round them.</summary>
    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new ReplicaAnnotation(replicas));
    }

    /// <summary>Keeps the project, when deployed, from trusting forwarded headers.</summary>
    public static IResourceBuilder<ProjectResource> DisableForwardedHeaders(this IResourceBuilder<ProjectResource> builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new DisableForwardedHeadersAnnotation(), ResourceAnnotationMutationBehavior.Replace);
    }

    private static IResourceBuilder<ProjectResource> Add(
        this IDistributedApplicationBuilder builder, string name, IProjectMetadata metadata, ProjectResourceOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var project = builder.AddResource(new ProjectResource(name)).WithAnnotation(metadata);
        return ProjectDefaults.Apply(project, options);
    }

    private static ProjectResourceOptions Profile(string? name) => new() { LaunchProfileName = name, ExcludeLaunchProfile = name is null };

    private static ProjectResourceOptions Configured(Action<ProjectResourceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new ProjectResourceOptions();
        configure(options);
        return options;
    }

    private sealed record ProjectPath(string Path) : IProjectMetadata
    {
        string IProjectMetadata.ProjectPath => Path;
    }
}
