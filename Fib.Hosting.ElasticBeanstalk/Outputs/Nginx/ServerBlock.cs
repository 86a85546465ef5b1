using System.Globalization;
using System.Text;
using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Outputs.Nginx;

/// <summary>default.conf: the routes as nginx configuration.</summary>
internal static class ServerBlock
{
    /// <summary>
    /// The number of connections that may wait to be accepted. Linux allows at most 4,096 by default (net.core.somaxconn). With nginx' 511,
    /// connections are dropped when many clients reconnect at once.
    /// </summary>
    private const int ListenBacklog = 4_096;

    public static string Write(NginxRouter router, int port)
    {
        var (routes, options) = (router.Routes, router.Options);
        var text = new StringBuilder();
        foreach (var service in routes.Select(route => route.Service).Distinct())
            text.Append(UpstreamBlock(service, router.Upstreams[service], routes.Where(route => route.Service == service)));
        text.Append(Maps(options));
        text.Append(CultureInfo.InvariantCulture, $"server {{\n    listen {port} backlog={ListenBacklog};\n");
        text.Append(RequestLimits(options));
        text.Append(ErrorPages.Directives);
        text.Append(LocationBlock.Alive(options.AlivePath));
        foreach (var path in options.BlockedPaths)
            text.Append(LocationBlock.Blocked(path));
        foreach (var route in routes)
            text.Append(LocationBlock.Write(route, options));
        return text.Append(ErrorPages.Locations(options)).Append("}\n").ToString();
    }

    /// <summary>An upstream group keeps connections open, unlike proxy_pass to a host name; nginx never disables its only server.</summary>
    private static string UpstreamBlock(string name, Upstream upstream, IEnumerable<NginxRoute> routes)
    {
        var kept = routes.Max(route => route.MaxConnections ?? 0);
        // nginx before 1.29.7 rejects 0.
        var keepAlive = kept > 0 ? string.Create(CultureInfo.InvariantCulture, $"    keepalive {kept};\n") : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"upstream {name} {{\n    server {upstream.Host}:{upstream.Port};\n{keepAlive}}}\n");
    }

    private static string RequestLimits(NginxOptions options)
    {
        var text = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"    large_client_header_buffers 4 {options.MaxHeaderLine};\n")
            .Append(CultureInfo.InvariantCulture, $"    client_header_timeout {(int)options.HeaderTimeout.TotalSeconds}s;\n")
            .Append(CultureInfo.InvariantCulture, $"    client_body_timeout {(int)options.BodyTimeout.TotalSeconds}s;\n");
        if (!options.MergeSlashes)
            text.Append("    merge_slashes off;\n");
        if (options.RejectEscapedSlashes)
            text.Append("    if ($request_uri ~* '^[^?]*%2f') {\n        return 404;\n    }\n");
        return text.Append('\n').ToString();
    }

    private static string Maps(NginxOptions options) =>
        $$"""

        # The proxy that terminates TLS in front of this one sets the header.
        map $http_x_forwarded_proto $forwarded_proto {
            default $http_x_forwarded_proto;
            '' $scheme;
        }
        # The host as the client sent it, port included; HTTP/1.0 may have none.
        map $http_host $forwarded_host {
            default $http_host;
            '' $server_addr:$server_port;
        }
        map $http_upgrade $connection_upgrade {
            default upgrade;
            '' '';
        }
        # The request line is known even for a malformed request.
        map $request $errors_as {
            default page;{{ProblemDetailsEntry(options)}}
        }


        """;

    private static string ProblemDetailsEntry(NginxOptions options) => options.ProblemDetailsPath is { } path
        ? $"\n    '~*^\\S+ (?:https?://[^/ ]+)?{LocationBlock.Pattern(path)}(?:[/? ]|$)' problem;"
        : "";
}
