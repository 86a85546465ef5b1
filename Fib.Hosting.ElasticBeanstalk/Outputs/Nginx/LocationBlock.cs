using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Fib.Hosting.ElasticBeanstalk.Outputs.Nginx;

/// <summary>Renders routes as locations. nginx matches them in the order of the file and ignores case, as YARP does.</summary>
internal static class LocationBlock
{
    /// <summary>
    /// The largest body that nginx keeps in memory until it is complete, in bytes. It passes a larger one on as it arrives, since its
    /// temporary directory is too small for it.
    /// </summary>
    private const long MaxBuffer = 131_072;

    public static string Alive(string path) =>
        $$"""
            location = {{path}} {
                access_log off;
                default_type text/plain;
                return 200 Healthy;
            }


        """;

    public static string Blocked(string path) =>
        $$"""
            location ~* ^{{Pattern(path)}}/?\z {
                return 404;
            }


        """;

    public static string Write(NginxRoute route, NginxOptions options)
    {
        var text = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"    # {route.Name}\n")
            .Append(CultureInfo.InvariantCulture, $"    location ~* ^{Pattern(route.Prefix)}(?:/|\\z) {{\n");
        foreach (var directive in Directives(route, options))
            text.Append("        ").Append(directive).Append(";\n");
        return text.Append("    }\n\n").ToString();
    }

    private static string Line(FormattableString text) => FormattableString.Invariant(text);

    /// <summary>A path as a regular expression, without a final slash: each use of it continues with that slash or the end.</summary>
    public static string Pattern(string path) => Regex.Escape(path.TrimEnd('/'));

    private static IEnumerable<string> Directives(NginxRoute route, NginxOptions options)
    {
        yield return Line($"client_max_body_size {route.MaxRequestBodySize}");
        yield return Line($"client_body_buffer_size {Math.Min(route.MaxRequestBodySize, MaxBuffer)}");
        if (route.MaxRequestBodySize > MaxBuffer)
            yield return "proxy_request_buffering off";
        if (route.PathRemovePrefix.Length > 0)
            yield return $@"rewrite (?is)^{Pattern(route.PathRemovePrefix)}(?:/(.*))?\z /$1 break";
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
        yield return Line($"proxy_connect_timeout {(int)options.ConnectTimeout.TotalMilliseconds}ms");
        yield return Line($"proxy_read_timeout {(int)route.ActivityTimeout.TotalSeconds}s");
        yield return Line($"proxy_send_timeout {(int)route.ActivityTimeout.TotalSeconds}s");
        yield return $"proxy_pass http://{route.Service}";
    }
}
