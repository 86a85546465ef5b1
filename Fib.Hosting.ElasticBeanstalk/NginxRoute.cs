namespace Fib.Hosting.ElasticBeanstalk;

/// <summary>Sends the paths below a prefix to one service. Path, query and host stay as the browser sent them, except for <see cref="Strip"/>.</summary>
/// <param name="Prefix">Matches this path and every path below it, ignoring case: <c>/api</c> is <c>/api</c>, <c>/api/</c> and <c>/api/x</c>, but not <c>/apix</c>.</param>
/// <param name="Service">The name of the resource that answers.</param>
public sealed record NginxRoute(string Prefix, string Service)
{
    /// <summary>Sends the paths below a prefix to a resource.</summary>
    public NginxRoute(string prefix, IResourceBuilder<IResourceWithEndpoints> service) : this(prefix, Named(service))
    {
    }

    /// <summary>Names the route in nginx's configuration and in messages; the prefix by default.</summary>
    public string Name { get; init; } = Prefix;

    /// <summary>Taken off the path before the service sees it; empty for nothing.</summary>
    public string Strip { get; init; } = "";

    /// <summary>Largest request body in bytes; a larger one is refused with 413.</summary>
    public long MaxBody { get; init; } = 30_000_000;

    /// <summary>The longest wait for the service's next byte, so also for its first; whole seconds.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Idle connections to the service that nginx keeps open; null for routes whose connections last as long as a page is open.</summary>
    public int? MaxConnections { get; init; } = 64;

    /// <summary>The response is a stream without an end, such as server-sent events: passed on byte by byte, never buffered or compressed.</summary>
    public bool Streaming { get; init; }

    /// <summary>Requests may become WebSockets.</summary>
    public bool WebSockets { get; init; } = true;

    private static string Named(IResourceBuilder<IResourceWithEndpoints> service)
    {
        ArgumentNullException.ThrowIfNull(service);
        return service.Resource.Name;
    }
}
