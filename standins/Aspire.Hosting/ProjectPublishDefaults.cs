using Aspire.Hosting.Orchestration;

namespace Aspire.Hosting;

/// <summary>What a project gets in publish mode.</summary>
internal static class ProjectPublishDefaults
{
    public static IResourceBuilder<ProjectResource> Apply(IResourceBuilder<ProjectResource> project, NamedLaunchProfile? profile)
    {
        EndpointAnnotation? addedHttps = null;
        project.WithEnvironment(context =>
        {
            var endpoints = project.Resource.GetEndpoints().ToList();
            if (endpoints.Count > 0 && !project.Resource.HasAnnotationOfType<DisableForwardedHeadersAnnotation>())
                context.EnvironmentVariables["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true";
            AddPorts(context, "HTTP_PORTS", endpoints.Where(e => e.Scheme == "http"));
            // Behind a deployment's front door nobody gives the project a certificate.
            AddPorts(context, "HTTPS_PORTS", endpoints.Where(e => e.Scheme == "https" && e.EndpointAnnotation != addedHttps));
        });
        if (profile?.Profile.ApplicationUrl is null)
            return project;
        var http = GetOrAdd(project, "http", out _);
        var https = GetOrAdd(project, "https", out var added);
        addedHttps = added ? https : null;
        http.TargetPort = https.TargetPort = http.TargetPort ?? https.TargetPort;
        return project;
    }

    private static EndpointAnnotation GetOrAdd(IResourceBuilder<ProjectResource> project, string scheme, out bool added)
    {
        var existing = project.Resource.Annotations.OfType<EndpointAnnotation>().FirstOrDefault(e => e.UriScheme == scheme || e.Name == scheme);
        added = existing is null;
        if (existing is not null)
            return existing;
        project.WithEndpoint(scheme, e => (existing = e).UriScheme = scheme);
        return existing!;
    }

    private static void AddPorts(EnvironmentCallbackContext context, string variable, IEnumerable<EndpointReference> endpoints)
    {
        if (context.EnvironmentVariables.ContainsKey(variable))
            return;
        var ports = new ReferenceExpressionBuilder();
        foreach (var endpoint in endpoints)
        {
            if (!ports.IsEmpty)
                ports.AppendLiteral(";");
            ports.Append($"{endpoint.Property(EndpointProperty.TargetPort)}");
        }
        if (!ports.IsEmpty)
            context.EnvironmentVariables[variable] = ports.Build();
    }
}
