namespace Fib.Core.Contracts;

/// <summary>
/// Security headers of every page of the web and of the routers: browsers load nothing from other origins, run no inline script, and show
/// the page in no frame.
/// </summary>
public static class PageHeaders
{
    /// <summary>The headers, in the order in which nginx adds them.</summary>
    public static IReadOnlyList<(string Name, string Value)> All { get; } =
    [
        ("Content-Security-Policy", "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        // Not no-referrer: with that, a form post to the same origin has the origin "null".
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ];
}
