using System.Net;
using System.Net.Mime;
using Fib.ServiceDefaults.Settings;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Fib.Gateway;

/// <summary>Routes requests by the configuration that the AppHost writes from its route table.</summary>
internal static class GatewayRouting
{
    /// <exception cref="SettingException">No routes are set, or the address of one of their services is missing or malformed.</exception>
    public static void AddRoutes(this WebApplicationBuilder builder)
    {
        var routes = builder.Configuration.GetSection("ReverseProxy");
        if (!routes.GetSection("Routes").GetChildren().Any())
            throw new SettingException("ReverseProxy__Routes is not set: it must hold the gateway's routes, which Fib.AppHost writes.");
        foreach (var service in ReadServices(routes))
            builder.Configuration.CheckServiceAddresses(service);
        builder.Services.AddServiceDiscovery();
        builder.Services.AddSingleton<UnreachableDestinationPolicy>();
        builder.Services.AddSingleton<IPassiveHealthCheckPolicy>(services => services.GetRequiredService<UnreachableDestinationPolicy>());
        builder.Services.AddSingleton<IForwarderHttpClientFactory, GatewayHttpClientFactory>();
        builder.Services.AddSingleton<ReplicaClient>().AddSingleton<CoalescedReads>().AddSingleton<SubmissionJoining>();
        builder.Services.AddReverseProxy()
            .LoadFromConfig(routes)
            .AddServiceDiscoveryDestinationResolver()
            .AddConfigFilter<PassiveHealthCheckFilter>()
            .AddTransforms(RequestVersions.AddTo)
            .AddTransforms(transforms => transforms.Services.GetRequiredService<CoalescedReads>().AddTo(transforms))
            .AddTransforms(FlushEventStreams)
            .AddTransforms(AbortStreamsAtShutdown);
    }

    /// <summary>Per-service health endpoints are not exposed: their paths are 404.</summary>
    public static void MapBlockedPaths(this WebApplication app)
    {
        foreach (var path in app.Configuration.GetSection("Gateway:BlockedPaths").GetChildren())
            app.Map(path.Value!, () => Results.NotFound());
    }

    /// <summary>
    /// A destination without a port, such as <c>http://api</c>, is the name of a service: service discovery resolves it to all replicas.
    /// </summary>
    private static IEnumerable<string> ReadServices(IConfiguration routes) =>
        routes.GetSection("Clusters").GetChildren().SelectMany(cluster => cluster.GetSection("Destinations").GetChildren())
            .Select(ReadAddress).Where(address => address.IsDefaultPort).Select(address => address.Host).Distinct();

    private static Uri ReadAddress(IConfigurationSection destination) =>
        Uri.TryCreate(destination["Address"], UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new SettingException(
                $"{destination.Path.Replace(":", "__", StringComparison.Ordinal)}__Address is '{destination["Address"]}': "
                + "it must be an address such as http://api.");

    /// <summary>Sends the headers of an event stream immediately; without this the browser receives them with the first event.</summary>
    private static void FlushEventStreams(TransformBuilderContext transforms) =>
        transforms.AddResponseTransform(async context =>
        {
            if (context.ProxyResponse is { } response && IsEventStream(response))
                await context.HttpContext.Response.Body.FlushAsync(context.HttpContext.RequestAborted);
        });

    /// <summary>Without this an open page delays the shutdown until its timeout; an aborted page reconnects.</summary>
    private static void AbortStreamsAtShutdown(TransformBuilderContext transforms)
    {
        var stopping = transforms.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        transforms.AddResponseTransform(context =>
        {
            if (context.ProxyResponse is { } response
                && (IsEventStream(response) || response.StatusCode == HttpStatusCode.SwitchingProtocols))
                context.HttpContext.Response.RegisterForDispose(stopping.Register(context.HttpContext.Abort));
            return ValueTask.CompletedTask;
        });
    }

    private static bool IsEventStream(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType == MediaTypeNames.Text.EventStream;
}
