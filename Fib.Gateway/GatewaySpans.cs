using System.Diagnostics;
using OpenTelemetry.Instrumentation.AspNetCore;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace Fib.Gateway;

/// <summary>
/// Names the spans of forwarded requests by the path of the service, such as <c>POST /api/values</c>, instead of the route
/// <c>POST /api/{**rest}</c>.
/// </summary>
internal static class GatewaySpans
{
    public static void NameSpans(this WebApplicationBuilder builder) =>
        builder.Services.Configure<AspNetCoreTraceInstrumentationOptions>(requests => requests.EnrichWithHttpResponse = Name);

    /// <summary>
    /// Uses the path with numbers replaced by <c>{index}</c>, so that there are few names. A request that no service handled keeps
    /// the name of its route.
    /// </summary>
    private static void Name(Activity activity, HttpResponse response)
    {
        var context = response.HttpContext;
        if (context.Features.Get<IReverseProxyFeature>() is null || context.Features.Get<IForwarderErrorFeature>() is not null
            || response.StatusCode is StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed)
            return;
        var segments = context.Request.Path.Value!.ToLowerInvariant().Split('/', StringSplitOptions.RemoveEmptyEntries);
        var path = string.Join('/', segments.Select(segment => segment.All(char.IsAsciiDigit) ? "{index}" : segment));
        // The instrumentation replaces an unknown method by HTTP, so the method is taken from its name.
        activity.DisplayName = $"{activity.DisplayName.Split(' ')[0]} /{path}";
    }
}
