using System.Reflection;
using Fib.AppHost.Stores;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Fib.AppHost.Running;

/// <summary>Configuration for run mode; in publish mode these methods change nothing.</summary>
internal static class RunExtensions
{
    /// <summary>
    /// Checks that the page's port is free, and replaces ports of the dashboard that are in use. A test host has its own ports.
    /// </summary>
    /// <exception cref="DistributedApplicationException">The page's port is in use; the message has the process.</exception>
    public static void CheckPorts(this IDistributedApplicationBuilder builder, HostSettings settings)
    {
        if (builder.ExecutionContext.IsPublishMode || builder.Configuration["DcpPublisher:RandomizePorts"] == "true")
            return;
        PortOwner.ThrowIfInUse(settings.Port);
        DashboardPorts.ReplacePortsInUse(builder.Configuration);
    }

    /// <summary>
    /// Creates the data folder when the run starts, and locks it until the run ends. The default folder's lock is also that of the named
    /// volumes, which belong to the same application. Tests have their own data, and their host starts also the models that they discard.
    /// </summary>
    /// <exception cref="DistributedApplicationException">At the start: the folder is unusable, or another AppHost uses it.</exception>
    public static void LockData(this IDistributedApplicationBuilder builder, HostSettings settings)
    {
        var isInTests = Assembly.GetEntryAssembly() != typeof(RunExtensions).Assembly;
        if (builder.ExecutionContext.IsPublishMode || isInTests || !settings.KeepsData)
            return;
        builder.Services.AddSingleton(_ => new DataLock(StoreData.FolderOfAll(builder, settings)));
        builder.Eventing.Subscribe<BeforeStartEvent>((starting, _) =>
        {
            starting.Services.GetRequiredService<DataLock>();
            return Task.CompletedTask;
        });
    }

    /// <summary>
    /// Lets a service listen on its own port without the orchestrator's proxy. The proxy keeps the port open while the service is stopped,
    /// so that connections hang instead of being refused.
    /// </summary>
    /// <param name="project">The service.</param>
    /// <param name="port">Its port; 0 for any free port. Overrides the launch profile.</param>
    /// <param name="replicas">The number of replicas; more than one need the proxy.</param>
    public static IResourceBuilder<ProjectResource> WithOwnPort(
        this IResourceBuilder<ProjectResource> project, int port = 0, int replicas = 1)
    {
        if (project.ApplicationBuilder.ExecutionContext.IsPublishMode)
            return project;
        return project.WithEndpoint("http", endpoint =>
        {
            (endpoint.IsProxied, endpoint.Port) = (replicas > 1, port);
            endpoint.TargetPort = replicas > 1 ? null : port;
        });
    }

    /// <summary>Prints the URLs of page and dashboard, and how the stores run, when the gateway is ready.</summary>
    public static IResourceBuilder<ProjectResource> WithStartMessage(this IResourceBuilder<ProjectResource> gateway, StoreChoice stores) =>
        gateway.OnResourceReady((resource, ready, cancellationToken) =>
        {
            Console.WriteLine($"fib: stores     {stores}");
            Console.WriteLine($"fib: page       {resource.GetEndpoint("http").Url}");
            if (FindDashboard(gateway.ApplicationBuilder.Configuration) is { } dashboard)
                Console.WriteLine($"fib: dashboard  {dashboard}");
            return Task.CompletedTask;
        });

    /// <summary>The address of the dashboard, or null. A dashboard that allows anonymous access has no token.</summary>
    internal static string? FindDashboard(IConfiguration configuration) => configuration["ASPNETCORE_URLS"] is not { Length: > 0 } addresses
        ? null
        : addresses.Split(';')[0] + (configuration["AppHost:BrowserToken"] is { } token ? $"/login?t={token}" : "");
}
