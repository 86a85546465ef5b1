using Fib.Core.Contracts;
using Fib.Hosting.ElasticBeanstalk;

namespace Fib.AppHost.Routing;

/// <summary>The route table as nginx routes.</summary>
internal static class NginxSettings
{
    public static IReadOnlyList<NginxRoute> Read(RouteTable table) => [.. table.Routes.Select(Read)];

    public static void Configure(NginxOptions options, RouteTable table)
    {
        foreach (var path in table.BlockedPaths)
            options.BlockedPaths.Add(path);
        foreach (var (name, value) in PageHeaders.All)
            options.ErrorPageHeaders.Add(name, value);
        foreach (var (status, detail) in RouterErrors.Details)
            options.ErrorMessages.Add(status, detail);
        (options.ProblemDetailsPath, options.AlivePath) = (table.ProblemDetailsPath, table.AlivePath);
        options.BuildImage = true;
        // The limits of Kestrel, which the gateway has in development (docs/http-edges.md).
        options.MaxHeaderLine = 32 * 1024;
        (options.HeaderTimeout, options.BodyTimeout) = (TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5));
        (options.MergeSlashes, options.RejectEscapedSlashes) = (false, true);
        options.ConnectTimeout = TimeSpan.FromSeconds(1.5);
    }

    private static NginxRoute Read(Route route) => new(route.Prefix, route.Service)
    {
        Name = route.Name,
        PathRemovePrefix = route.PathRemovePrefix,
        MaxRequestBodySize = route.MaxRequestBodySize,
        ActivityTimeout = route.ActivityTimeout,
        MaxConnections = route.MaxConnections,
        Streaming = route.Streaming,
        WebSockets = route.WebSockets,
    };
}
