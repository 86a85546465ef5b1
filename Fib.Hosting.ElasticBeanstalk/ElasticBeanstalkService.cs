namespace Fib.Hosting.ElasticBeanstalk;

/// <summary>
/// Configures how a resource is deployed as a service of a bundle. The app model provides the values that are not set here.
/// </summary>
public sealed class ElasticBeanstalkService
{
    private readonly Dictionary<string, object> _environment = new(StringComparer.Ordinal);

    /// <summary>The service's name: lower-case letters, digits and hyphens; the resource's name in lower case by default.</summary>
    public required string Name { get; set; }

    /// <summary>The host name by which other services reach it; <see cref="Name"/> by default.</summary>
    public string? Hostname { get; set; }

    /// <summary>
    /// The image, with a tag or a digest. By default the container's own; for a built image, the reference that Aspire pushes.
    /// </summary>
    public string? Image { get; set; }

    /// <summary>
    /// The hard limit of its memory, at least 6m: mebibytes (<c>512m</c>) or gibibytes (<c>1g</c>); the environment's limit by default.
    /// </summary>
    public string? MemoryLimit { get; set; }

    /// <summary>The port it listens on, 1 to 65535; by default its http endpoint's target, or 8080 for a project.</summary>
    public int? Port { get; set; }

    /// <summary>
    /// The published port of the instance. Exactly one service of a bundle publishes a port, and the port is 80; by default the only
    /// service with an external http endpoint.
    /// </summary>
    public int? PublishedPort { get; set; }

    /// <summary>
    /// Whether it runs with a read-only root file system, without capabilities and, for .NET, with half of its memory as heap; by default
    /// the environment's setting.
    /// </summary>
    public bool? Hardened { get; set; }

    /// <summary>
    /// The id of the user it runs as; by default that of the image, or 1654, the user of .NET's images, for a hardened project.
    /// </summary>
    public int? User { get; set; }

    /// <summary>Replaces the command of the app model and the image.</summary>
    public IList<string> Command { get; } = [];

    /// <summary>
    /// Liveness check: a program and its arguments; exit code 0 means alive, independent of the state of other services. None by default;
    /// services that wait for this one then start as soon as its container has been started.
    /// </summary>
    public IList<string> HealthCheck { get; } = [];

    /// <summary>
    /// Whether it is a job, which ends and is not started again until the next deployment, such as one that fills a database; false by
    /// default. A service whose completion others wait for is a job in any case.
    /// </summary>
    public bool RunsOnce { get; set; }

    /// <summary>Writable directories, each up to 16 MiB and deleted with the container; <c>/tmp</c> for a hardened service.</summary>
    public IList<string> Scratch { get; } = [];

    internal IReadOnlyDictionary<string, object> Environment => _environment;

    /// <summary>The AppHost's settings of a resource; an nginx of the environment itself is the service <c>nginx</c>.</summary>
    internal static ElasticBeanstalkService Of(IResource resource)
    {
        var service = new ElasticBeanstalkService
        {
            Name = resource is ElasticBeanstalkEnvironmentResource ? "nginx" : resource.Name.ToLowerInvariant(),
        };
        foreach (var annotation in resource.Annotations.OfType<ServiceAnnotation>().ToList())
            annotation.Configure(service);
        return service;
    }

    /// <summary>Sets an environment variable to text; overrides the app model.</summary>
    public ElasticBeanstalkService WithEnvironment(string name, string value)
    {
        _environment[name] = value;
        return this;
    }

    /// <summary>Sets an environment variable to the value of a property.</summary>
    public ElasticBeanstalkService WithEnvironment(string name, EnvironmentProperty property)
    {
        _environment[name] = property;
        return this;
    }

    /// <summary>Passes properties to the service as environment variables of the same names.</summary>
    public ElasticBeanstalkService WithProperties(params ReadOnlySpan<EnvironmentProperty> properties)
    {
        foreach (var property in properties)
            _environment[property.Name] = property;
        return this;
    }
}
