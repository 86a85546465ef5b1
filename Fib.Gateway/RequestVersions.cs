using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Fib.Gateway;

/// <summary>
/// Chooses the version of HTTP for the requests to a cluster with HTTP/2. There, many requests share a connection, which saves packets
/// and wake-ups. That is for short messages only. A long response takes twice the processor time in frames of 16 KiB
/// (docs/performance.md), and Kestrel closes the whole connection if the body of one request arrives too slowly.
/// </summary>
internal sealed class RequestVersions
{
    /// <summary>The length in bytes from which a response is long: the initial window of a stream, which limits its buffer.</summary>
    private const long LongResponse = 64 * 1024;

    /// <summary>Whether the last response of a path was long, by the hash of the path. Paths that share an element only lose speed.</summary>
    private readonly bool[] _longResponses = new bool[1024];

    private RequestVersions()
    {
    }

    /// <summary>
    /// Ignores the header Upgrade for a cluster with HTTP/2, as RFC 9110, section 7.8 permits: YARP would change the method of the
    /// request to CONNECT.
    /// </summary>
    public static void IgnoreUpgrades(IReverseProxyApplicationBuilder proxy) => proxy.Use((context, next) =>
    {
        if (context.Request.Headers.Upgrade.Count > 0 && HasHttp2(context.GetReverseProxyFeature().Cluster.Config))
            context.Request.Headers.Remove(HeaderNames.Upgrade);
        return next(context);
    });

    public static void AddTo(TransformBuilderContext transforms)
    {
        if (!HasHttp2(transforms.Cluster))
            return;
        var versions = new RequestVersions();
        transforms.AddRequestTransform(context =>
        {
            if (HasLongBody(context.HttpContext) || versions.HasLongResponse(context.HttpContext.Request))
                context.ProxyRequest.Version = HttpVersion.Version11;
            return ValueTask.CompletedTask;
        });
        transforms.AddResponseTransform(context =>
        {
            if (context.ProxyResponse is { } response && HasNormalBody(response))
                versions.HasLongResponse(context.HttpContext.Request) = !(response.Content.Headers.ContentLength < LongResponse);
            return ValueTask.CompletedTask;
        });
    }

    private static bool HasHttp2(ClusterConfig? cluster) => cluster?.HttpRequest?.Version == HttpVersion.Version20;

    /// <summary>A body of unknown length may be long. A short one is received as a whole before it is sent.</summary>
    private static bool HasLongBody(HttpContext context) =>
        context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true }
        && !(context.Request.ContentLength <= ShortBodyHandler.MaxBytes);

    /// <summary>Errors, and responses such as 304, tell nothing about the length of others of the path.</summary>
    private static bool HasNormalBody(HttpResponseMessage response) =>
        response is { IsSuccessStatusCode: true, StatusCode: not HttpStatusCode.NoContent };

    /// <summary>A response of unknown length may be long.</summary>
    private ref bool HasLongResponse(HttpRequest request) =>
        ref _longResponses[(uint)HashCode.Combine(request.Method, request.Path) % _longResponses.Length];
}
