namespace Fib.Hosting.ElasticBeanstalk.Model;

/// <summary>One container.</summary>
/// <param name="Name">Its name in every output.</param>
/// <param name="Resource">The resource it comes from, for messages.</param>
/// <param name="Image">What it runs.</param>
internal sealed record BundleService(string Name, string Resource, ImageReference Image)
{
    /// <summary>The name under which the others reach it.</summary>
    public required string Hostname { get; init; }

    /// <summary>The image that is built for it, by its tag; null where it runs one that there is already.</summary>
    public ImageReference? Built { get; init; }

    /// <summary>The hard limit of its memory.</summary>
    public MemorySize Memory { get; init; } = new(128);

    /// <summary>The port it listens on, or null for none; further ports need no entry, since services reach every port of each other.</summary>
    public int? Port { get; init; }

    /// <summary>The port of the instance that leads to it, or null where only other services reach it.</summary>
    public int? PublishedPort { get; init; }

    /// <summary>The user id it runs as; null for the image's own.</summary>
    public int? User { get; init; }

    /// <summary>Whether it is denied what it does not need: see <see cref="Outputs.Hardening"/>.</summary>
    public bool Hardened { get; init; }

    /// <summary>Whether it ends by itself with exit code 0, and others wait for that.</summary>
    public bool RunsOnce { get; init; }

    /// <summary>Replaces the image's entry point.</summary>
    public IReadOnlyList<string> Entrypoint { get; init; } = [];

    /// <summary>Replaces the image's command.</summary>
    public IReadOnlyList<Argument> Command { get; init; } = [];

    /// <summary>Its variables, by name.</summary>
    public IReadOnlyList<Variable> Environment { get; init; } = [];

    /// <summary>Tells whether the container is alive, whatever the services it needs do.</summary>
    public HealthCheck? Health { get; init; }

    /// <summary>What other services must have reached before it starts.</summary>
    public IReadOnlyList<Dependency> DependsOn { get; init; } = [];

    /// <summary>The services whose host names it uses.</summary>
    public IReadOnlyList<string> Uses { get; init; } = [];

    /// <summary>What is mounted into it beside its own files.</summary>
    public IReadOnlyList<Mount> Mounts { get; init; } = [];

    /// <summary>Directories it may write to and that are lost with it.</summary>
    public IReadOnlyList<string> Scratch { get; init; } = [];

    public IEnumerable<EnvironmentProperty> Properties =>
        Environment.SelectMany(variable => variable.Parts).Concat(Command.SelectMany(argument => argument.Parts)).OfType<PropertyPart>().Select(part => part.Property);
}
