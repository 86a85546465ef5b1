using System.Globalization;

namespace Fib.AppHost.Routing;

/// <summary>The route table as YARP's configuration, with the names of environment variables.</summary>
internal static class YarpSettings
{
    /// <summary>Passes the route table to the gateway; it needs a reference to every service of the table.</summary>
    /// <param name="gateway">The resource that runs YARP.</param>
    /// <param name="table">The routes.</param>
    public static IResourceBuilder<T> WithRoutes<T>(this IResourceBuilder<T> gateway, RouteTable table) where T : IResourceWithEnvironment
    {
        foreach (var (name, value) in Read(table))
            gateway.WithEnvironment(name, value);
        return gateway;
    }

    /// <summary>All settings of the table. Destinations are service names, which service discovery resolves.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Read(RouteTable table) =>
    [
        .. table.Routes.SelectMany((route, position) => RouteSettings(route, position + 1)),
        .. RouteSettings(table.Health, 0),
        .. table.Routes.Append(table.Health).SelectMany(ClusterSettings),
        Setting("Gateway__ProblemDetailsPath", table.ProblemDetailsPath),
        .. table.BlockedPaths.Select((path, position) => Setting($"Gateway__BlockedPaths__{position}", path)),
    ];

    /// <summary>The orders of the table start at 1: the gateway's own endpoints have 0, so they have precedence.</summary>
    private static IEnumerable<KeyValuePair<string, string>> RouteSettings(Route route, int order)
    {
        var prefix = $"ReverseProxy__Routes__{route.Name}";
        yield return Setting($"{prefix}__Order", order);
        yield return Setting($"{prefix}__ClusterId", route.Name);
        yield return Setting($"{prefix}__Match__Path", $"{route.Prefix.TrimEnd('/')}/{{**rest}}");
        yield return Setting($"{prefix}__MaxRequestBodySize", route.MaxRequestBodySize);
        yield return Setting($"{prefix}__Transforms__0__RequestHeaderOriginalHost", "true");
        if (route.PathRemovePrefix.Length > 0)
            yield return Setting($"{prefix}__Transforms__1__PathRemovePrefix", route.PathRemovePrefix);
    }

    /// <summary>One cluster for each route: streams and WebSockets must not use the connections of short requests.</summary>
    private static IEnumerable<KeyValuePair<string, string>> ClusterSettings(Route route)
    {
        yield return Setting($"{Cluster(route)}__Destinations__{route.Service}__Address", $"http://{route.Service}");
        yield return Setting(
            $"{Cluster(route)}__HttpRequest__ActivityTimeout", route.ActivityTimeout.ToString("c", CultureInfo.InvariantCulture));
        if (route.Http2)
        {
            yield return Setting($"{Cluster(route)}__HttpRequest__Version", "2");
            yield return Setting($"{Cluster(route)}__HttpRequest__VersionPolicy", nameof(HttpVersionPolicy.RequestVersionExact));
        }

        if (route.CoalesceReads)
            yield return Setting($"{Cluster(route)}__Metadata__CoalesceReads", "true");
        if (route.JoinSubmissions)
            yield return Setting($"{Cluster(route)}__Metadata__JoinSubmissions", $"{route.PathRemovePrefix}/values");
        if (route.MaxConnections is { } max)
            yield return Setting($"{Cluster(route)}__HttpClient__MaxConnectionsPerServer", max);
    }

    private static string Cluster(Route route) => $"ReverseProxy__Clusters__{route.Name}";

    private static KeyValuePair<string, string> Setting(string name, IFormattable value) =>
        new(name, value.ToString(null, CultureInfo.InvariantCulture));

    private static KeyValuePair<string, string> Setting(string name, string value) => new(name, value);
}
