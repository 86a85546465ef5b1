namespace Fib.Hosting.ElasticBeanstalk;

/// <summary>How a resource is deployed as a service of an Elastic Beanstalk bundle. What is not said here comes from the app model.</summary>
public sealed class ElasticBeanstalkService
{
    private readonly Dictionary<string, object> _environment = new(StringComparer.Ordinal);

    /// <summary>The service's name, in lower case; the resource's name by default.</summary>
    public required string Name { get; set; }

    /// <summary>The name under which other services reach it; <see cref="Name"/> by default.</summary>
    public string? Hostname { get; set; }

    /// <summary>The image, with a tag or a digest. By default a container's own; for what is built, <c>registry/prefix-and-name:tag</c> as the environment says.</summary>
    public string? Image { get; set; }

    /// <summary>The hard limit of its memory, at least 6m: mebibytes (<c>128m</c>) or gibibytes (<c>1g</c>). Half of it is a .NET service's heap.</summary>
    public string MemoryLimit { get; set; } = "128m";

    /// <summary>The port it listens on, 1 to 65535; by default 8080 for a project, the first endpoint's target for a container.</summary>
    public int? Port { get; set; }

    /// <summary>The port of the instance that leads to it. Exactly one service of a bundle publishes one, and it is 80.</summary>
    public int? PublishedPort { get; set; }

    /// <summary>The id of the user it runs as; by default 1654, the user of .NET's images.</summary>
    public int User { get; set; } = 1654;

    /// <summary>Replaces the image's command.</summary>
    public IList<string> Command { get; } = [];

    /// <summary>Program and arguments that end with exit code 0 while the service is alive, whatever the services it needs do;
    /// by default <c>dotnet /app/Project.dll --health</c> for a project.</summary>
    public IList<string> HealthCheck { get; } = [];

    /// <summary>Directories it may write to, each up to 16 MiB and lost with the container; the rest of its file system is read-only.</summary>
    public IList<string> Scratch { get; } = ["/tmp"];

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
