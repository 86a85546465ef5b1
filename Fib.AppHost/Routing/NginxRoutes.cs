using Fib.Hosting.ElasticBeanstalk;

namespace Fib.AppHost.Routing;

/// <summary>The route table as nginx's routes.</summary>
internal static class NginxRoutes
{
    /// <summary>The headers of every page that the web serves.</summary>
    private static readonly (string Name, string Value)[] PageHeaders =
    [
        ("Content-Security-Policy", "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ];

    public static IReadOnlyList<NginxRoute> Read(RouteTable table) => [.. table.Routes.Select(Read)];

    public static void Configure(NginxOptions options, RouteTable table)
    {
        foreach (var path in table.Refused)
            options.Refused.Add(path);
        foreach (var (name, value) in PageHeaders)
            options.ErrorPageHeaders.Add(name, value);
        (options.ProblemDetailsPath, options.AlivePath) = (table.Problems, table.Alive);
        options.BuildsImage = true;
        // As Kestrel does, which is the other router (docs/http-edges.md).
        options.MaxHeaderLine = 32 * 1024;
        (options.HeaderTimeout, options.BodyTimeout) = (TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5));
        (options.MergesSlashes, options.RefusesEscapedSlashes) = (false, true);
        options.ConnectTimeout = TimeSpan.FromSeconds(1.5);
        options.UnavailableMessage = "The service is temporarily unavailable. Try again in a few seconds.";
    }

    private static NginxRoute Read(Route route) => new(route.Prefix, route.Service)
    {
        Name = route.Name,
        Strip = route.Strip,
        MaxBody = route.MaxBody,
        Idle = route.Idle,
        MaxConnections = route.MaxConnections,
        Streaming = route.Streaming,
        WebSockets = route.WebSockets,
    };
}
