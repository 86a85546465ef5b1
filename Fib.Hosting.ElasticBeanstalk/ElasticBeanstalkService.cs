namespace Fib.Hosting.ElasticBeanstalk;

/// <summary>How a resource is deployed as a service of a bundle. What is not set here comes from the app model.</summary>
public sealed class ElasticBeanstalkService
{
    private readonly Dictionary<string, object> _environment = new(StringComparer.Ordinal);

    /// <summary>The service's name: lower-case letters, digits and hyphens; the resource's name in lower case by default.</summary>
    public required string Name { get; set; }

    /// <summary>The name under which other services reach it; <see cref="Name"/> by default.</summary>
    public string? Hostname { get; set; }

    /// <summary>The image, with a tag or a digest. By default a container's own; for what is built, the reference that Aspire pushes.</summary>
    public string? Image { get; set; }

    /// <summary>The hard limit of its memory, at least 6m: mebibytes (<c>512m</c>) or gibibytes (<c>1g</c>); the environment's limit by default.</summary>
    public string? MemoryLimit { get; set; }

    /// <summary>The port it listens on, 1 to 65535; by default its http endpoint's target, or 8080 for a project.</summary>
    public int? Port { get; set; }

    /// <summary>The port of the instance that leads to it. Exactly one service of a bundle publishes one, and it is 80: by default the sole one with an external http endpoint.</summary>
    public int? PublishedPort { get; set; }

    /// <summary>Whether it runs with a read-only root file system, without capabilities and, for .NET, with half of its memory as heap; the environment's choice by default.</summary>
    public bool? Hardened { get; set; }

    /// <summary>The id of the user it runs as; the image's own by default, or 1654, the user of .NET's images, for a hardened project.</summary>
    public int? User { get; set; }

    /// <summary>Replaces the command of the app model and the image.</summary>
    public IList<string> Command { get; } = [];

    /// <summary>
    /// Program and arguments that end with exit code 0 while the service is alive, whatever the services it needs do. None by default; services that wait for
    /// this one then start as soon as its container has been started.
    /// </summary>
    public IList<string> HealthCheck { get; } = [];

    /// <summary>Directories it may write to, each up to 16 MiB and lost with the container; <c>/tmp</c> for a hardened service.</summary>
    public IList<string> Scratch { get; } = [];

    internal IReadOnlyDictionary<string, object> Environment => _environment;

    /// <summary>Sets an environment variable to text, whatever the app model says.</summary>
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

    /// <summary>Passes properties on, each under its own name.</summary>
    public ElasticBeanstalkService WithProperties(params ReadOnlySpan<EnvironmentProperty> properties)
    {
        foreach (var property in properties)
            _environment[property.Name] = property;
        return this;
    }
}
