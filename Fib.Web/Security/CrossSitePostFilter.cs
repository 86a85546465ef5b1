namespace Fib.Web.Security;

/// <summary>
/// Refuses forms that another site's page posts, by what the browser says of the request's origin; no state, so it holds across restarts.
/// A client that says neither is no browser of these days, so nobody's cookies or trust can be borrowed through it.
/// </summary>
internal static class CrossSitePostFilter
{
    public static void UseCrossSitePostFilter(this WebApplication app) => app.Use((context, next) =>
    {
        if (IsAllowed(context.Request))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    });

    internal static bool IsAllowed(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            return true;
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site)
            return site is "same-origin" or "none";
        return request.Headers.Origin.ToString() is not { Length: > 0 } origin || IsOwn(origin, request.Host);
    }

    /// <summary>The scheme may differ, since a router may end TLS; the routers pass the host on as the browser sent it.</summary>
    private static bool IsOwn(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && string.Equals(uri.Authority, host.Value, StringComparison.OrdinalIgnoreCase);
}
