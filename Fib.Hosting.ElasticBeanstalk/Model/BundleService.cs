namespace Fib.Hosting.ElasticBeanstalk.Model;

/// <summary>One container.</summary>
/// <param name="Name">Its name in every output.</param>
/// <param name="Resource">The resource it comes from, for messages.</param>
/// <param name="Image">What it runs.</param>
internal sealed record BundleService(string Name, string Resource, ImageReference Image)
{
    /// <summary>The name under which the others reach it.</summary>
    public required string Hostname { get; init; }

    /// <summary>The hard limit of its memory.</summary>
    public MemorySize Memory { get; init; } = new(128);

    /// <summary>The port it listens on, or null for none.</summary>
    public int? Port { get; init; }

    /// <summary>The port of the instance that leads to it, or null where only other services reach it.</summary>
    public int? PublishedPort { get; init; }

    /// <summary>The user id it runs as.</summary>
    public int User { get; init; }

    /// <summary>Replaces the image's command.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Its variables, by name.</summary>
    public IReadOnlyList<Variable> Environment { get; init; } = [];

    /// <summary>Tells whether the container is alive, whatever the services it needs do.</summary>
    public HealthCheck? Health { get; init; }

    /// <summary>The services that must be alive before it starts.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>The services whose host names it uses.</summary>
    public IReadOnlyList<string> Uses { get; init; } = [];

    /// <summary>What is mounted into it beside its own files, which it cannot change.</summary>
    public IReadOnlyList<Mount> Mounts { get; init; } = [];

    /// <summary>Directories it may write to and that are lost with it.</summary>
    public IReadOnlyList<string> Scratch { get; init; } = ["/tmp"];

    public IEnumerable<EnvironmentProperty> Properties =>
        Environment.SelectMany(variable => variable.Parts).OfType<PropertyPart>().Select(part => part.Property);
}
