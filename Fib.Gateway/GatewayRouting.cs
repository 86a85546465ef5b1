using System.Net;
using System.Net.Mime;
using Fib.ServiceDefaults.Settings;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Fib.Gateway;

/// <summary>Routes requests as the configuration says, which the AppHost writes from its route table.</summary>
internal static class GatewayRouting
{
    /// <exception cref="SettingException">There are no routes, or the address of a service that they name is missing or malformed.</exception>
    public static void AddRoutes(this WebApplicationBuilder builder)
    {
        var routes = builder.Configuration.GetSection("ReverseProxy");
        if (!routes.GetSection("Routes").GetChildren().Any())
            throw new SettingException("ReverseProxy__Routes is not set: it must hold the gateway's routes, which Fib.AppHost writes.");
        foreach (var service in ReadServices(routes))
            builder.Configuration.CheckServiceAddresses(service);
        builder.Services.AddServiceDiscovery();
        builder.Services.AddSingleton<IPassiveHealthCheckPolicy, UnreachablePolicy>().AddSingleton<IForwarderHttpClientFactory, ServiceClients>().AddReverseProxy()
            .LoadFromConfig(routes)
            .AddServiceDiscoveryDestinationResolver()
            .AddConfigFilter<ReplicasFilter>()
            .AddTransforms(SendStreamsAtOnce)
            .AddTransforms(EndStreamsAtStop);
    }

    /// <summary>Readiness of single services is nobody's business outside: their paths do not exist here.</summary>
    public static void MapRefusedPaths(this WebApplication app)
    {
        foreach (var path in app.Configuration.GetSection("Gateway:Refused").Get<string[]>() ?? [])
            app.Map(path, () => Results.NotFound());
    }

    /// <summary>A destination without a port, such as <c>http://api</c>, is a service by its name and stands for all its replicas.</summary>
    private static IEnumerable<string> ReadServices(IConfiguration routes) =>
        routes.GetSection("Clusters").GetChildren().SelectMany(cluster => cluster.GetSection("Destinations").GetChildren())
            .Select(ReadAddress).Where(address => address.IsDefaultPort).Select(address => address.Host).Distinct();

    private static Uri ReadAddress(IConfigurationSection destination) =>
        Uri.TryCreate(destination["Address"], UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new SettingException($"{destination.Path.Replace(":", "__", StringComparison.Ordinal)}__Address is '{destination["Address"]}': it must be an address such as http://api.");

    /// <summary>Without this the browser hears of an open event stream only when its first event comes.</summary>
    private static void SendStreamsAtOnce(TransformBuilderContext transforms) =>
        transforms.AddResponseTransform(async answer =>
        {
            if (answer.ProxyResponse is { } response && IsEventStream(response))
                await answer.HttpContext.Response.Body.FlushAsync(answer.HttpContext.RequestAborted);
        });

    /// <summary>An open page would hold up the stop until its deadline; cut off, it connects again.</summary>
    private static void EndStreamsAtStop(TransformBuilderContext transforms)
    {
        var stopping = transforms.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        transforms.AddResponseTransform(answer =>
        {
            if (answer.ProxyResponse is { } response && (IsEventStream(response) || response.StatusCode == HttpStatusCode.SwitchingProtocols))
                answer.HttpContext.Response.RegisterForDispose(stopping.Register(answer.HttpContext.Abort));
            return ValueTask.CompletedTask;
        });
    }

    private static bool IsEventStream(HttpResponseMessage response) => response.Content.Headers.ContentType?.MediaType == MediaTypeNames.Text.EventStream;
}
