using System.Globalization;

namespace Fib.AppHost.Routing;

/// <summary>The route table as YARP's configuration, in the spelling of environment variables.</summary>
internal static class YarpSettings
{
    /// <summary>Every setting of the table. Services go by their names, which service discovery resolves to the addresses of their replicas.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Read(RouteTable table) =>
    [
        .. table.Routes.SelectMany((route, position) => Matching(route, position + 1)),
        .. Matching(table.Health, 0),
        .. table.Routes.Append(table.Health).SelectMany(Forwarding),
        Setting("Gateway__Problems", table.Problems),
        .. table.Refused.Select((path, position) => Setting($"Gateway__Refused__{position}", path)),
    ];

    /// <summary>Orders of the table start at 1: the gateway's own endpoints have 0, so they win.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Matching(Route route, int order)
    {
        var prefix = $"ReverseProxy__Routes__{route.Name}";
        yield return Setting($"{prefix}__Order", order);
        yield return Setting($"{prefix}__ClusterId", route.Name);
        yield return Setting($"{prefix}__Match__Path", $"{route.Prefix.TrimEnd('/')}/{{**rest}}");
        yield return Setting($"{prefix}__MaxRequestBodySize", route.MaxBody);
        yield return Setting($"{prefix}__Transforms__0__RequestHeaderOriginalHost", "true");
        if (route.Strip.Length > 0)
            yield return Setting($"{prefix}__Transforms__1__PathRemovePrefix", route.Strip);
    }

    /// <summary>A cluster to each route: streams and WebSockets hold connections, and must not use up those of short requests.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Forwarding(Route route)
    {
        yield return Setting($"{Cluster(route)}__Destinations__{route.Service}__Address", $"http://{route.Service}");
        yield return Setting($"{Cluster(route)}__HttpRequest__ActivityTimeout", route.Idle.ToString("c", CultureInfo.InvariantCulture));
        if (route.MaxConnections is { } most)
            yield return Setting($"{Cluster(route)}__HttpClient__MaxConnectionsPerServer", most);
    }

    private static string Cluster(Route route) => $"ReverseProxy__Clusters__{route.Name}";

    private static KeyValuePair<string, string> Setting(string name, IFormattable value) => new(name, value.ToString(null, CultureInfo.InvariantCulture));

    private static KeyValuePair<string, string> Setting(string name, string value) => new(name, value);
}
