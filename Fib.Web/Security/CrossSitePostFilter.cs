namespace Fib.Web.Security;

/// <summary>
/// Rejects forms that a page of another site posts, by the request's Sec-Fetch-Site or Origin header. It keeps no state, so it works
/// across restarts. A client that sends neither header is not a current browser, so it has no user's cookies to misuse.
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
        return request.Headers.Origin.ToString() is not { Length: > 0 } origin || IsSameAuthority(origin, request.Host);
    }

    /// <summary>Ignores the scheme, since a proxy may terminate TLS; the gateway and nginx forward the browser's Host header.</summary>
    private static bool IsSameAuthority(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && string.Equals(uri.Authority, host.Value, StringComparison.OrdinalIgnoreCase);
}
