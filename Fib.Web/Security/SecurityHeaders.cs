namespace Fib.Web.Security;

/// <summary>Tells browsers to load nothing from elsewhere, run no inline script, and show the page in no frame.</summary>
internal static class SecurityHeaders
{
    private const string Policy = "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'";

    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        // At the start of the answer, since an error clears what was set before.
        context.Response.OnStarting(() => SetAsync(context.Response.Headers));
        return next(context);
    });

    private static Task SetAsync(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        // Not no-referrer: under that a form's own post has the origin "null".
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return Task.CompletedTask;
    }
}
