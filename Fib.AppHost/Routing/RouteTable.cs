namespace Fib.AppHost.Routing;

/// <summary>Which service answers which path. The gateway reads it in development and nginx in the bundle, so both route alike.</summary>
/// <param name="Routes">The first that matches answers.</param>
public sealed record RouteTable(IReadOnlyList<Route> Routes)
{
    private static readonly TimeSpan AnHour = TimeSpan.FromHours(1);

    /// <summary>Paths that are never routed outward: the router answers 404.</summary>
    public IReadOnlyList<string> Refused { get; init; } = [];

    /// <summary>At and below this path the router's own errors are problem details; elsewhere they are short pages.</summary>
    public string Problems { get; init; } = "/api";

    /// <summary>Liveness of the router itself.</summary>
    public string Alive { get; init; } = "/alive";

    /// <summary>Readiness of the system: the web's, which asks the api in turn. It is asked while a service hangs, and answered soon.</summary>
    internal Route Health { get; init; } = new("health", "/health", ResourceNames.Web) { Idle = TimeSpan.FromSeconds(2) };

    /// <summary>The routes of the system in development.</summary>
    internal static RouteTable Default { get; } = new(
    [
        new("events", "/api/values/events", ResourceNames.Api) { Strip = "/api", Streaming = true, Idle = AnHour, MaxConnections = null },
        new("api", "/api", ResourceNames.Api) { Strip = "/api" },
        new("ws", "/ws", ResourceNames.Web) { WebSockets = true, Idle = AnHour, MaxConnections = null },
        new("web", "/", ResourceNames.Web),
    ])
    {
        Refused = ["/api/health", "/api/alive"],
    };

    /// <summary>Those of the bundle: pages keep a WebSocket in development only.</summary>
    internal static RouteTable Published { get; } = Default with { Routes = [.. Default.Routes.Where(route => !route.WebSockets)] };
}
