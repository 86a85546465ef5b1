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
    /// <exception cref="SettingException">
    /// No routes are set, one has no cluster, or the address of one of their services is missing or malformed.
    /// </exception>
    public static void AddRoutes(this WebApplicationBuilder builder)
    {
        var routes = builder.Configuration.GetSection("ReverseProxy");
        if (!routes.GetSection("Routes").GetChildren().Any())
            throw new SettingException("ReverseProxy__Routes is not set: it must hold the gateway's routes, which Fib.AppHost writes.");
        CheckClusters(routes);
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

    /// <exception cref="SettingException">A setting of a route or a cluster is malformed.</exception>
    public static void MapRoutes(this WebApplication app)
    {
        try
        {
            app.MapReverseProxy(proxy =>
            {
                RequestVersions.IgnoreUpgrades(proxy);
                proxy.UseReplicaRetry();
                proxy.UseLoadBalancing();
                proxy.UsePassiveHealthChecks();
            });
        }
        catch (InvalidOperationException exception) when (exception.InnerException is { } cause)
        {
            // YARP logs some of these messages too, which appsettings.json turns off.
            throw new SettingException($"ReverseProxy__* is malformed: {cause.Message}", exception);
        }
    }

    /// <summary>YARP would answer every request of such a route with 503.</summary>
    private static void CheckClusters(IConfiguration routes)
    {
        foreach (var route in routes.GetSection("Routes").GetChildren())
        {
            var cluster = route["ClusterId"];
            if (!routes.GetSection($"Clusters:{cluster}").Exists())
                throw new SettingException($"{Variable(route)}__ClusterId is '{cluster}': it must be the name of a cluster.");
        }
    }

    /// <summary>
    /// A destination without a port, such as <c>http://api</c>, is the name of a service: service discovery resolves it to all replicas.
    /// </summary>
    private static IEnumerable<string> ReadServices(IConfiguration routes) =>
        routes.GetSection("Clusters").GetChildren().SelectMany(cluster => cluster.GetSection("Destinations").GetChildren())
            .Select(ReadAddress).Where(address => address.IsDefaultPort).Select(address => address.Host).Distinct();

    private static Uri ReadAddress(IConfigurationSection destination) =>
        Variables.ParseAddress($"{Variable(destination)}__Address", destination["Address"], "http://api");

    private static string Variable(IConfigurationSection section) => section.Path.Replace(":", "__", StringComparison.Ordinal);

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
