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

    /// <summary>How long an idle connection of a client or load balancer is kept; longer than the load balancer keeps it, so whole seconds above 60.</summary>
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(75);
}
