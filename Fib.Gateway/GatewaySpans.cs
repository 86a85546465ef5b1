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
        if (!IsHandled(context) || context.Features.Get<IForwarderErrorFeature>() is not null
            || response.StatusCode is StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed)
            return;
        // The instrumentation replaces an unknown method by HTTP, so the method is taken from its name.
        var name = activity.DisplayName.AsSpan();
        var method = name.IndexOf(' ') is >= 0 and var end ? name[..end] : name;
        activity.DisplayName = string.Concat(method, " ", Generalize(context.Request.Path.Value!.ToLowerInvariant()));
    }

    /// <summary>
    /// Whether it was forwarded, or answered with a service's response to another request. What the gateway rejects is a 4xx.
    /// </summary>
    private static bool IsHandled(HttpContext context) =>
        context.Features.Get<IReverseProxyFeature>() is not null
        || (context.Response.StatusCode is StatusCodes.Status200OK or >= StatusCodes.Status500InternalServerError
            && context.FindCluster() is not null);

    private static string Generalize(string path)
    {
        if (!path.AsSpan().ContainsAnyInRange('0', '9') && !path.Contains("//", StringComparison.Ordinal) && !path.EndsWith('/'))
            return path;
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return $"/{string.Join('/', segments.Select(segment => segment.All(char.IsAsciiDigit) ? "{index}" : segment))}";
    }
}
