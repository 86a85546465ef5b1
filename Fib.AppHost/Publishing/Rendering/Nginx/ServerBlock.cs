using System.Globalization;
using System.Text;
using Fib.AppHost.Publishing.Model;
using Fib.AppHost.Routing;

namespace Fib.AppHost.Publishing.Rendering.Nginx;

/// <summary>default.conf: the route table in nginx's words.</summary>
internal static class ServerBlock
{
    public static string Write(NginxRouter router, int port)
    {
        var table = router.Table;
        var text = new StringBuilder();
        foreach (var service in table.Routes.Select(route => route.Service).Distinct())
            text.Append(UpstreamBlock(service, router.Upstreams[service], table.Routes.Where(route => route.Service == service)));
        text.Append(Maps(table));
        text.Append(CultureInfo.InvariantCulture, $"server {{\n    listen {port};\n\n");
        text.Append(ErrorPages.Directives);
        text.Append(LocationBlock.Alive(table.Alive));
        foreach (var path in table.Refused)
            text.Append(LocationBlock.Refused(path));
        foreach (var route in table.Routes)
            text.Append(LocationBlock.Write(route));
        return text.Append(ErrorPages.Locations).Append("}\n").ToString();
    }

    /// <summary>A group keeps connections open, which proxying to a name alone does not; its one server is never taken out of use.</summary>
    private static string UpstreamBlock(string name, Upstream upstream, IEnumerable<Route> routes) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        upstream {{name}} {
            server {{upstream.Host}}:{{upstream.Port}};
            keepalive {{routes.Max(route => route.MaxConnections ?? 0)}};
        }

        """);

    private static string Maps(RouteTable table) =>
        $$"""

        # Whoever ended TLS before this says so.
        map $http_x_forwarded_proto $forwarded_proto {
            default $http_x_forwarded_proto;
            '' $scheme;
        }
        # The host as the browser sent it, port included.
        map $http_host $forwarded_host {
            default $http_host;
            '' $host;
        }
        map $http_upgrade $connection_upgrade {
            default upgrade;
            '' '';
        }
        map $request_uri $errors_as {
            default page;
            '~*^{{LocationBlock.Pattern(table.Problems)}}(?:[/?]|$)' problem;
        }


        """;
}
