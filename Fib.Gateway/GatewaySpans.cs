using System.Diagnostics;
using OpenTelemetry.Instrumentation.AspNetCore;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace Fib.Gateway;

/// <summary>Names the spans of requests as the service behind the gateway knows them: <c>POST /api/values</c>, not <c>POST /api/{**rest}</c>.</summary>
internal static class GatewaySpans
{
    public static void NameSpans(this WebApplicationBuilder builder) =>
        builder.Services.Configure<AspNetCoreTraceInstrumentationOptions>(requests => requests.EnrichWithHttpResponse = Name);

    /// <summary>A path that a service has, with numbers as <c>{index}</c>: so there are few names. Any other request has the route's.</summary>
    private static void Name(Activity activity, HttpResponse response)
    {
        var context = response.HttpContext;
        if (context.Features.Get<IReverseProxyFeature>() is null || context.Features.Get<IForwarderErrorFeature>() is not null
            || response.StatusCode == StatusCodes.Status404NotFound)
            return;
        var segments = context.Request.Path.Value!.ToLowerInvariant().Split('/', StringSplitOptions.RemoveEmptyEntries);
        var path = string.Join('/', segments.Select(segment => segment.All(char.IsAsciiDigit) ? "{index}" : segment));
        // The method as the instrumentation names it, where it is a known one.
        activity.DisplayName = $"{activity.DisplayName.Split(' ')[0]} /{path}";
    }
}
