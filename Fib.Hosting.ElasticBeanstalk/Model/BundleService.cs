namespace Fib.Hosting.ElasticBeanstalk.Model;

/// <summary>One container.</summary>
/// <param name="Name">Its name in every output.</param>
/// <param name="Resource">The resource it comes from, for messages.</param>
/// <param name="Image">Its image.</param>
internal sealed record BundleService(string Name, string Resource, ImageReference Image)
{
    /// <summary>The host name by which other services reach it.</summary>
    public required string Hostname { get; init; }

    /// <summary>The image that is built for it, with its tag; null if it runs an existing image.</summary>
    public ImageReference? BuiltImage { get; init; }

    /// <summary>The hard limit of its memory.</summary>
    public MemorySize Memory { get; init; } = new(128);

    /// <summary>The port it listens on; null for none.</summary>
    public int? Port { get; init; }

    /// <summary>The ports of its other endpoints. On one instance they need no entry: services reach all ports of each other.</summary>
    public IReadOnlyList<int> FurtherPorts { get; init; } = [];

    /// <summary>The published port of the instance; null if only other services reach it.</summary>
    public int? PublishedPort { get; init; }

    /// <summary>Whether the app model makes it public.</summary>
    public bool IsExternal { get; init; }

    /// <summary>The user id it runs as; null for the image's own.</summary>
    public int? User { get; init; }

    /// <summary>Whether its privileges are reduced; see <see cref="Outputs.Hardening"/>.</summary>
    public bool Hardened { get; init; }

    /// <summary>Whether it is a job: it ends, and is not started again.</summary>
    public bool RunsOnce { get; init; }

    /// <summary>Replaces the image's entry point.</summary>
    public IReadOnlyList<string> Entrypoint { get; init; } = [];

    /// <summary>Replaces the image's command.</summary>
    public IReadOnlyList<Argument> Command { get; init; } = [];

    /// <summary>Its variables, by name.</summary>
    public IReadOnlyList<Variable> Environment { get; init; } = [];

    /// <summary>Its liveness check, independent of the state of other services.</summary>
    public HealthCheck? Health { get; init; }

    /// <summary>The conditions of other services under which it starts.</summary>
    public IReadOnlyList<Dependency> DependsOn { get; init; } = [];

    /// <summary>The services whose host names it uses.</summary>
    public IReadOnlyList<string> Uses { get; init; } = [];

    /// <summary>Its mounts.</summary>
    public IReadOnlyList<Mount> Mounts { get; init; } = [];

    /// <summary>Writable directories that are deleted with the container.</summary>
    public IReadOnlyList<string> Scratch { get; init; } = [];

    public IEnumerable<EnvironmentProperty> Properties =>
        Environment.SelectMany(variable => variable.Parts).Concat(Command.SelectMany(argument => argument.Parts))
            .OfType<PropertyPart>().Select(part => part.Property);
}
