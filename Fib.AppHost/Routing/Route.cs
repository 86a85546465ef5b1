namespace Fib.AppHost.Routing;

/// <summary>Sends the paths below a prefix to one service. The path, the query and the host stay as the browser sent them, but for what is stripped.</summary>
/// <param name="Name">Names the route in the routers' configuration and logs.</param>
/// <param name="Prefix">Matches this path and every path below it: <c>/api</c> is <c>/api</c>, <c>/api/</c> and <c>/api/x</c>, but not <c>/apix</c>.</param>
/// <param name="Service">The resource that answers.</param>
public sealed record Route(string Name, string Prefix, string Service)
{
    /// <summary>Taken off the path before the service sees it; empty for nothing.</summary>
    public string Strip { get; init; } = "";

    /// <summary>Largest request body in bytes; a larger one is refused with 413.</summary>
    public long MaxBody { get; init; } = 102_400;

    /// <summary>The longest wait for the service's next byte, so also for its first.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Open connections to the service at once; more requests wait. Null where each visitor holds one for as long as the page is open.</summary>
    public int? MaxConnections { get; init; } = 64;

    /// <summary>The answer is a stream without an end: passed on byte by byte, never buffered.</summary>
    public bool Streaming { get; init; }

    /// <summary>Requests may become WebSockets.</summary>
    public bool WebSockets { get; init; }
}
