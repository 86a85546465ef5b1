using Microsoft.AspNetCore.Http;

namespace Fib.ServiceDefaults.Security;

/// <summary>Security headers: browsers load nothing from other origins, run no inline script, and show the page in no frame.</summary>
public static class PageHeaders
{
    private const string Policy = "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>Sets the headers on a page.</summary>
    public static void SecurePage(this IHeaderDictionary headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        // Not no-referrer: with that, a form post to the same origin has the origin "null".
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }
}
