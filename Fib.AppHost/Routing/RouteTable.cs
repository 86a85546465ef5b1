namespace Fib.AppHost.Routing;

/// <summary>The routes of the gateway in development and of nginx in the bundle, so that both route the same way.</summary>
/// <param name="Routes">The routes; the first match is used.</param>
public sealed record RouteTable(IReadOnlyList<Route> Routes)
{
    private static readonly TimeSpan OneMinute = TimeSpan.FromMinutes(1), OneHour = TimeSpan.FromHours(1);

    /// <summary>Paths that are not exposed: the router answers 404.</summary>
    public IReadOnlyList<string> BlockedPaths { get; init; } = [];

    /// <summary>At and below this path the router's own errors are problem details; elsewhere they are short pages.</summary>
    public string ProblemDetailsPath { get; init; } = "/api";

    /// <summary>The path of the router's own liveness.</summary>
    public string AlivePath { get; init; } = "/alive";

    /// <summary>Readiness of the system: that of the web, which checks the api. The short timeout applies when a service hangs.</summary>
    internal Route Health { get; init; } = new("health", "/health", ResourceNames.Web) { ActivityTimeout = TimeSpan.FromSeconds(2) };

    /// <summary>The routes of the system in development.</summary>
    internal static RouteTable Default { get; } = new(
    [
        new("events", "/api/values/events", ResourceNames.Api)
        {
            PathRemovePrefix = "/api",
            Streaming = true,
            // The api sends something every 15 s.
            ActivityTimeout = OneMinute,
            MaxConnections = null,
        },
        new("api", "/api", ResourceNames.Api) { PathRemovePrefix = "/api", Http2 = true, CoalesceReads = true, JoinSubmissions = true },
        new("ws", "/ws", ResourceNames.Web) { WebSockets = true, ActivityTimeout = OneHour, MaxConnections = null },
        new("web", "/", ResourceNames.Web),
    ])
    {
        BlockedPaths = ["/api/health", "/api/alive"],
    };

    /// <summary>The routes of the bundle: pages have a WebSocket only in development.</summary>
    internal static RouteTable Published { get; } = Default with { Routes = [.. Default.Routes.Where(route => !route.WebSockets)] };
}
