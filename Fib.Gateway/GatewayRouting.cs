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
    public static void AddRoutes(this WebApplicationBuilder builder)
    {
        var routes = builder.Configuration.GetSection("ReverseProxy");
        if (!routes.GetSection("Routes").GetChildren().Any())
            throw new SettingException("ReverseProxy__Routes is not set: it must hold the gateway's routes, which Fib.AppHost writes.");
        builder.Services.AddSingleton<IPassiveHealthCheckPolicy, UnreachablePolicy>().AddSingleton<IForwarderHttpClientFactory, ServiceClients>().AddReverseProxy()
            .LoadFromConfig(routes)
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
