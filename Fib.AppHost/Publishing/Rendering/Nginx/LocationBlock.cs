using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Fib.AppHost.Routing;

namespace Fib.AppHost.Publishing.Rendering.Nginx;

/// <summary>Routes as locations. Their expressions are tried in the order of the file and ignore case, as YARP does.</summary>
internal static class LocationBlock
{
    public static string Alive(string path) =>
        $$"""
            location = {{path}} {
                access_log off;
                default_type text/plain;
                return 200 Healthy;
            }


        """;

    public static string Refused(string path) =>
        $$"""
            location ~* ^{{Pattern(path)}}/?$ {
                return 404;
            }


        """;

    public static string Write(Route route)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"    # {route.Name}\n    location ~* ^{Pattern(route.Prefix.TrimEnd('/'))}(?:/|$) {{\n");
        foreach (var directive in Directives(route))
            text.Append("        ").Append(directive).Append(";\n");
        return text.Append("    }\n\n").ToString();
    }

    /// <summary>A path as a regular expression.</summary>
    public static string Pattern(string path) => Regex.Escape(path);

    private static IEnumerable<string> Directives(Route route)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"client_max_body_size {route.MaxBody}");
        yield return string.Create(CultureInfo.InvariantCulture, $"client_body_buffer_size {route.MaxBody}");
        if (route.Strip.Length > 0)
            yield return $"rewrite (?i)^{Pattern(route.Strip)}(?:/(.*))?$ /$1 break";
        yield return "proxy_http_version 1.1";
        yield return $"proxy_set_header Connection {(route.WebSockets ? "$connection_upgrade" : "''")}";
        if (route.WebSockets)
            yield return "proxy_set_header Upgrade $http_upgrade";
        yield return "proxy_set_header Host $forwarded_host";
        yield return "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for";
        yield return "proxy_set_header X-Forwarded-Host $forwarded_host";
        yield return "proxy_set_header X-Forwarded-Proto $forwarded_proto";
        if (route.Streaming)
            yield return "proxy_buffering off";
        if (route.Streaming)
            yield return "gzip off";
        yield return "proxy_connect_timeout 1500ms";
        yield return string.Create(CultureInfo.InvariantCulture, $"proxy_read_timeout {(int)route.Idle.TotalSeconds}s");
        yield return string.Create(CultureInfo.InvariantCulture, $"proxy_send_timeout {(int)route.Idle.TotalSeconds}s");
        yield return $"proxy_pass http://{route.Service}";
    }
}
