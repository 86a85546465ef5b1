using Aspire.Hosting.Orchestration;

namespace Aspire.Hosting;

/// <summary>What every project gets: telemetry, console settings, URLs, and the variables of its launch profile.</summary>
internal static class ProjectDefaults
{
    public static IResourceBuilder<ProjectResource> Apply(IResourceBuilder<ProjectResource> project, ProjectResourceOptions options)
    {
        var application = project.ApplicationBuilder;
        var running = application.ExecutionContext.IsRunMode;
        project.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "in_memory");
        if (running && application.Environment.IsDevelopment())
            project.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION", "true")
                .WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION", "true");
        project.WithOtlpExporter();
        if (running)
            project.WithEnvironment("DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION", "true")
                .WithEnvironment("LOGGING__CONSOLE__FORMATTERNAME", "simple");
        AddProfileAnnotation(project, options, application.Configuration);
        var profile = LaunchProfiles.Effective(project.Resource);
        KestrelEndpoints.Refuse(project.Resource);
        return running ? ProjectRunDefaults.Apply(project, profile) : ProjectPublishDefaults.Apply(project, profile);
    }

    private static void AddProfileAnnotation(IResourceBuilder<ProjectResource> project, ProjectResourceOptions options, ConfigurationManager configuration)
    {
        if (options.ExcludeLaunchProfile)
            project.WithAnnotation(new ExcludeLaunchProfileAnnotation());
        else if (!string.IsNullOrEmpty(options.LaunchProfileName))
            project.WithAnnotation(new LaunchProfileAnnotation(options.LaunchProfileName));
        else if ((configuration["AppHost:DefaultLaunchProfileName"] ?? configuration["DOTNET_LAUNCH_PROFILE"]) is { Length: > 0 } name)
            project.WithAnnotation(new DefaultLaunchProfileAnnotation(name));
    }
}
