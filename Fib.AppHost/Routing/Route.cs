namespace Fib.AppHost.Routing;

/// <summary>
/// Routes the paths below a prefix to one service. Path, query and host are passed unchanged, except for <see cref="PathRemovePrefix"/>.
/// </summary>
/// <param name="Name">The route's name in configuration and logs of the routers.</param>
/// <param name="Prefix">Matches this path and every path below it: <c>/api</c> matches <c>/api</c>, <c>/api/</c> and <c>/api/x</c>, but not
/// <c>/apix</c>.</param>
/// <param name="Service">The destination resource.</param>
public sealed record Route(string Name, string Prefix, string Service)
{
    /// <summary>
    /// The prefix that the router removes from the path; empty for none. A final slash is left out, since YARP would not remove the prefix.
    /// </summary>
    public string PathRemovePrefix { get; init => field = value.TrimEnd('/'); } = "";

    /// <summary>The largest request body in bytes; the router answers a larger one with 413.</summary>
    public long MaxRequestBodySize { get; init; } = 102_400;

    /// <summary>The longest time without a byte from the service, from the request on.</summary>
    public TimeSpan ActivityTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The largest number of open connections with HTTP/1.1 to a replica of the service; further forwarded requests wait. Null if each open
    /// page needs a connection. With <see cref="Http2"/> the number of requests has no limit: they share connections.
    /// </summary>
    public int? MaxConnections { get; init; } = 64;

    /// <summary>Whether the gateway sends the requests over shared connections with HTTP/2, which the service must accept.</summary>
    public bool Http2 { get; init; }

    /// <summary>
    /// Whether the gateway sends one GET request for equal ones that wait at the same time. The service's responses must not depend on
    /// the address of the client. nginx has nothing like it: its cache may answer with a response that is older than the request.
    /// </summary>
    public bool CoalesceReads { get; init; }

    /// <summary>
    /// Whether the gateway sends one batch for the submissions that wait at the same time (<c>POST /values</c>). nginx forwards each.
    /// </summary>
    public bool JoinSubmissions { get; init; }

    /// <summary>Whether the response is an endless stream, which the router must not buffer.</summary>
    public bool Streaming { get; init; }

    /// <summary>Whether requests may be upgraded to WebSockets.</summary>
    public bool WebSockets { get; init; }
}
