using Fib.AppHost.Stores;

namespace Fib.AppHost.Running;

/// <summary>What only a run needs, and a published application does not have.</summary>
internal static class RunExtensions
{
    /// <summary>Refuses a page's port that is taken, and replaces those of the dashboard that are. A test's host chooses its own.</summary>
    /// <exception cref="DistributedApplicationException">The page's port is taken; the message says by which process.</exception>
    public static void CheckPorts(this IDistributedApplicationBuilder builder, HostSettings settings)
    {
        if (builder.ExecutionContext.IsPublishMode || builder.Configuration["DcpPublisher:RandomizePorts"] == "true")
            return;
        PortOwner.RefuseTaken(settings.Port);
        DashboardPorts.ReplaceTaken(builder.Configuration);
    }

    /// <summary>
    /// Has a service listen on a port of its own instead of behind the orchestrator's proxy, which keeps its port open while the
    /// service is stopped: connections are refused then instead of hanging.
    /// </summary>
    /// <param name="project">The service.</param>
    /// <param name="port">Its port; 0 for a free one, whatever its launch profile says.</param>
    /// <param name="replicas">How many share it; several need the proxy.</param>
    public static IResourceBuilder<ProjectResource> WithOwnPort(this IResourceBuilder<ProjectResource> project, int port = 0, int replicas = 1)
    {
        if (project.ApplicationBuilder.ExecutionContext.IsPublishMode)
            return project;
        return project.WithEndpoint("http", endpoint =>
        {
            (endpoint.IsProxied, endpoint.Port) = (replicas > 1, port);
            endpoint.TargetPort = replicas > 1 ? null : port;
        });
    }

    /// <summary>Prints where the page and the dashboard are, and what the stores run as, when the page is served.</summary>
    public static IResourceBuilder<ProjectResource> WithStartMessage(this IResourceBuilder<ProjectResource> gateway, StoreChoice stores) =>
        gateway.OnResourceReady((resource, ready, cancellationToken) =>
        {
            var configuration = gateway.ApplicationBuilder.Configuration;
            Console.WriteLine($"fib: stores     {stores}");
            Console.WriteLine($"fib: page       {resource.GetEndpoint("http").Url}");
            if (configuration["ASPNETCORE_URLS"] is { Length: > 0 } dashboard && configuration["AppHost:BrowserToken"] is { } token)
                Console.WriteLine($"fib: dashboard  {dashboard.Split(';')[0]}/login?t={token}");
            return Task.CompletedTask;
        });
}
