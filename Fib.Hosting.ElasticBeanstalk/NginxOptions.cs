namespace Fib.Hosting.ElasticBeanstalk;

/// <summary>Configures the nginx in front of the services, apart from its routes.</summary>
public sealed class NginxOptions
{
    /// <summary>
    /// Whether the service runs an image that you build from the folder <c>nginx</c> of the output, which has nginx' configuration. Aspire
    /// does not build it: publish, build the image, and push it under its name in <c>images.json</c>; <c>aspire deploy</c> fails if the
    /// registry does not have it. By default the official image runs with the configuration from the bundle; plain ECS has no bundle, so it
    /// needs the image.
    /// </summary>
    public bool BuildImage { get; set; }

    /// <summary>Paths that are not exposed: nginx answers 404.</summary>
    public IList<string> BlockedPaths { get; } = [];

    /// <summary>
    /// At and below this path nginx's own errors are problem details (RFC 9457); elsewhere they are short pages. Null: pages everywhere.
    /// </summary>
    public string? ProblemDetailsPath { get; set; }

    /// <summary>A path that nginx answers itself with 200 while it runs.</summary>
    public string AlivePath { get; set; } = "/.alive";

    /// <summary>Response headers of nginx's own error pages.</summary>
    public IDictionary<string, string> ErrorPageHeaders { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Replaces default texts of nginx's own errors, by status: one line each, without quotes and <c>$</c>.</summary>
    public IDictionary<int, string> ErrorMessages { get; } = new Dictionary<int, string>();

    /// <summary>The connect timeout to a service, in whole milliseconds.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest request line or header line, in bytes; nginx answers a longer one with 414 or 431.</summary>
    public int MaxHeaderLine { get; set; } = 8 * 1024;

    /// <summary>The time limit for a client to send the request line and all headers, in whole seconds.</summary>
    public TimeSpan HeaderTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest pause within a request body, in whole seconds; after it, nginx closes the connection.</summary>
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether adjacent slashes are merged into one before a route is matched.</summary>
    public bool MergeSlashes { get; set; } = true;

    /// <summary>
    /// Whether nginx answers a path with <c>%2F</c> with 404. nginx treats it as a separator when it matches a route or removes a prefix;
    /// other routers do not.
    /// </summary>
    public bool RejectEscapedSlashes { get; set; }

    /// <summary>
    /// How long idle connections of clients and load balancers stay open, in whole seconds: more than 60, the idle timeout of a load
    /// balancer.
    /// </summary>
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(75);
}
