using Fib.ServiceDefaults.Http;
using Yarp.ReverseProxy.Forwarder;

namespace Fib.Gateway;

/// <summary>Repeats a GET or HEAD request once on another replica, if the first one failed before it responded.</summary>
internal static class ReplicaRetry
{
    public static void UseReplicaRetry(this IReverseProxyApplicationBuilder proxy) => proxy.Use(SendAsync);

    private static async Task SendAsync(HttpContext context, RequestDelegate next)
    {
        var proxy = context.GetReverseProxyFeature();
        var available = proxy.AvailableDestinations;
        await next(context);
        if (!IsRepeatable(context))
            return;
        var others = available.Where(replica => replica != proxy.ProxiedDestination).ToArray();
        if (others.Length == 0)
            return;

        context.Response.Clear();
        context.Features.Set<IForwarderErrorFeature>(null);
        proxy.AvailableDestinations = others;
        proxy.ProxiedDestination = null;
        await next(context);
    }

    /// <summary>
    /// A request that changes nothing and has no body, and got no response, except one that a replica did not answer in time. For YARP
    /// the timeout of a connect is one of the request.
    /// </summary>
    private static bool IsRepeatable(HttpContext context) =>
        (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        && context.Request.ContentLength is null or 0
        && !context.Response.HasStarted
        && !context.RequestAborted.IsCancellationRequested
        && context.Features.Get<IForwarderErrorFeature>() is { } error
        && (error.Error == ForwarderError.Request || ConnectFailure.Is(error.Exception))
        && error.IsServiceFailure();
}
