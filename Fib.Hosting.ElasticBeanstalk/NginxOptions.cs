namespace Fib.Hosting.ElasticBeanstalk;

/// <summary>How the nginx in front of the services behaves beside its routes.</summary>
public sealed class NginxOptions
{
    /// <summary>
    /// Whether nginx and its configuration are built into an image of their own, from the output's folder <c>nginx</c>. By default the official image runs with
    /// the configuration from the bundle; plain ECS has no bundle, so it needs the image.
    /// </summary>
    public bool BuildsImage { get; set; }

    /// <summary>Paths that are never routed outward: nginx answers 404.</summary>
    public IList<string> Refused { get; } = [];

    /// <summary>At and below this path nginx's own errors are problem details (RFC 9457); elsewhere they are short pages. Null: pages everywhere.</summary>
    public string? ProblemDetailsPath { get; set; }

    /// <summary>A path that nginx answers itself with 200 while it runs.</summary>
    public string AlivePath { get; set; } = "/.alive";

    /// <summary>Response headers of nginx's own error pages.</summary>
    public IDictionary<string, string> ErrorPageHeaders { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>What an error page says when a service does not answer: one line of text without quotes and <c>$</c>.</summary>
    public string UnavailableMessage { get; set; } = "The service is temporarily unavailable. Try again in a few seconds.";

    /// <summary>The longest wait for a connection to a service, in whole milliseconds.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest request line or header line, in bytes; a longer one is refused with 414 or 431.</summary>
    public int MaxHeaderLine { get; set; } = 8 * 1024;

    /// <summary>How long a client may take to send the request line and all headers, in whole seconds.</summary>
    public TimeSpan HeaderTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest pause within a request body, in whole seconds; then the connection is closed.</summary>
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether several slashes in a row count as one when a route is looked up.</summary>
    public bool MergesSlashes { get; set; } = true;

    /// <summary>
    /// Whether a path with <c>%2F</c> is refused with 404. nginx takes it for a separator when it looks up a route or strips a prefix, which other routers
    /// do not.
    /// </summary>
    public bool RefusesEscapedSlashes { get; set; }

    /// <summary>How long an idle connection of a client or load balancer is kept; longer than the load balancer keeps it, so whole seconds above 60.</summary>
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(75);
}
