using Aspire.Hosting.Orchestration;

namespace Aspire.Hosting;

/// <summary>What a project gets in run mode.</summary>
internal static class ProjectRunDefaults
{
    public static IResourceBuilder<ProjectResource> Apply(IResourceBuilder<ProjectResource> project, NamedLaunchProfile? profile)
    {
        project.WithEnvironment(context => AddUrls(context, project.Resource));
        if (profile is null)
            return project;
        AddEndpoints(project, profile.Profile.ApplicationUrl ?? "");
        return project.WithEnvironment(context =>
        {
            context.EnvironmentVariables.TryAdd("DOTNET_LAUNCH_PROFILE", profile.Name);
            foreach (var (name, value) in profile.Profile.EnvironmentVariables)
                context.EnvironmentVariables.TryAdd(name, Environment.ExpandEnvironmentVariables(value));
        });
    }

    private static void AddEndpoints(IResourceBuilder<ProjectResource> project, string urls)
    {
        var count = new Dictionary<string, int>();
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // Kestrel's wildcard hosts are no hosts to a URI.
            var address = new Uri(url.Replace("://+", "://0.0.0.0", StringComparison.Ordinal).Replace("://*", "://0.0.0.0", StringComparison.Ordinal));
            // Without a certificate Kestrel would refuse to start at all.
            if (address.Scheme == "https" && !DevelopmentCertificate.Exists)
                continue;
            var number = count[address.Scheme] = count.GetValueOrDefault(address.Scheme) + 1;
            project.WithEndpoint(number == 1 ? address.Scheme : address.Scheme + number, endpoint =>
            {
                endpoint.PreferPort(address.Port);
                endpoint.UriScheme = address.Scheme;
                endpoint.TargetHost = address.Host;
            });
        }
    }

    private static void AddUrls(EnvironmentCallbackContext context, ProjectResource project)
    {
        if (context.EnvironmentVariables.ContainsKey("ASPNETCORE_URLS"))
            return;
        var urls = new ReferenceExpressionBuilder();
        foreach (var endpoint in project.GetEndpoints())
        {
            if (!urls.IsEmpty)
                urls.AppendLiteral(";");
            if (endpoint.IsHttps)
                context.EnvironmentVariables.TryAdd("ASPNETCORE_HTTPS_PORT", endpoint.Property(EndpointProperty.Port));
            urls.Append($"{endpoint.Property(EndpointProperty.Scheme)}://{endpoint.EndpointAnnotation.TargetHost}:{endpoint.Property(EndpointProperty.TargetPort)}");
        }
        if (!urls.IsEmpty)
            context.EnvironmentVariables["ASPNETCORE_URLS"] = urls.Build();
    }
}
