namespace Fib.Hosting.ElasticBeanstalk;

/// <summary>
/// Routes the paths below a prefix to one service. Path, query and host are passed unchanged, except for <see cref="PathRemovePrefix"/>.
/// </summary>
/// <param name="Prefix">Matches this path and every path below it, ignoring case: <c>/api</c> matches <c>/api</c>, <c>/api/</c> and
/// <c>/api/x</c>, but not <c>/apix</c>.</param>
/// <param name="Service">The name of the destination resource.</param>
public sealed record NginxRoute(string Prefix, string Service)
{
    /// <summary>Routes the paths below a prefix to a resource.</summary>
    public NginxRoute(string prefix, IResourceBuilder<IResourceWithEndpoints> service) : this(prefix, NameOf(service))
    {
    }

    /// <summary>The route's name in nginx's configuration and in messages; the prefix by default.</summary>
    public string Name { get; init; } = Prefix;

    /// <summary>The prefix that nginx removes from the path; empty for none.</summary>
    public string PathRemovePrefix { get; init; } = "";

    /// <summary>
    /// The largest request body in bytes; nginx answers a larger one with 413. Up to 131,072, nginx waits for the whole body before it
    /// connects to the service; with a larger limit it passes the body on as it arrives.
    /// </summary>
    public long MaxRequestBodySize { get; init; } = 30_000_000;

    /// <summary>The longest time without a byte from the service, from the request on; whole seconds.</summary>
    public TimeSpan ActivityTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How many idle connections to the service nginx keeps open, which does not limit how many it opens; null for a route whose
    /// connections stay open as long as a page.
    /// </summary>
    public int? MaxConnections { get; init; } = 64;

    /// <summary>Whether the response is an endless stream, such as server-sent events, which nginx must not buffer or compress.</summary>
    public bool Streaming { get; init; }

    /// <summary>Whether requests may be upgraded to WebSockets.</summary>
    public bool WebSockets { get; init; } = true;

    private static string NameOf(IResourceBuilder<IResourceWithEndpoints> service)
    {
        ArgumentNullException.ThrowIfNull(service);
        return service.Resource.Name;
    }
}
