using System.Text.Json;

namespace Fib.Rehearsal.Platform;

/// <summary>
/// The parts of a Dockerrun.aws.json, version 2, that the rehearsal supports (AWS Elastic Beanstalk Developer Guide,
/// "Dockerrun.aws.json v2").
/// </summary>
/// <param name="ContainerDefinitions">The containers of the one task.</param>
/// <param name="Volumes">Directories of the instance.</param>
internal sealed record Dockerrun(IReadOnlyList<ContainerDefinition> ContainerDefinitions, IReadOnlyList<TaskVolume>? Volumes)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>Parses the file's text.</summary>
    /// <exception cref="JsonException">The text does not have this form.</exception>
    public static Dockerrun Read(string text) =>
        JsonSerializer.Deserialize<Dockerrun>(text, Options) ?? throw new JsonException("Dockerrun.aws.json is empty.");

    /// <summary>The definitions, each after those that it links to or depends on.</summary>
    /// <exception cref="InvalidDataException">The dependencies form a cycle.</exception>
    public IEnumerable<ContainerDefinition> InOrder()
    {
        var remaining = ContainerDefinitions.ToList();
        while (remaining.Count > 0)
        {
            var next = remaining.Find(definition => definition.Dependencies.All(name => !remaining.Exists(other => other.Name == name)))
                ?? throw new InvalidDataException(
                    $"circular dependencies: {string.Join(", ", remaining.Select(definition => definition.Name))}");
            remaining.Remove(next);
            yield return next;
        }
    }
}

internal sealed record TaskVolume(string Name, HostDirectory? Host);

internal sealed record HostDirectory(string SourcePath);

/// <summary>One container of the task.</summary>
/// <param name="Name">Unique in the task.</param>
/// <param name="Image">Image reference.</param>
/// <param name="Memory">Memory limit in MiB.</param>
internal sealed record ContainerDefinition(string Name, string Image, int Memory)
{
    /// <summary>Host name; null for the container's id.</summary>
    public string? Hostname { get; init; }

    /// <summary>User id; null for the image's user.</summary>
    public string? User { get; init; }

    /// <summary>Replaces the image's command.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Names of other containers of the task that it can reach, as <c>name</c> or <c>name:alias</c>.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>Variables in addition to the environment properties.</summary>
    public IReadOnlyList<NamedValue> Environment { get; init; } = [];

    /// <summary>Published ports.</summary>
    public IReadOnlyList<PortMapping> PortMappings { get; init; } = [];

    /// <summary>Where the task's volumes are mounted.</summary>
    public IReadOnlyList<MountPoint> MountPoints { get; init; } = [];

    /// <summary>Containers that must have started, or be healthy, before this one starts.</summary>
    public IReadOnlyList<ContainerDependency> DependsOn { get; init; } = [];

    /// <summary>Health check; null for the image's.</summary>
    public ContainerHealthCheck? HealthCheck { get; init; }

    /// <summary>Whether the root file system is read-only.</summary>
    public bool ReadonlyRootFilesystem { get; init; }

    /// <summary>Values of <c>--security-opt</c>.</summary>
    public IReadOnlyList<string> DockerSecurityOptions { get; init; } = [];

    /// <summary>Kernel parameters.</summary>
    public IReadOnlyList<SystemControl> SystemControls { get; init; } = [];

    /// <summary>Dropped capabilities and tmpfs mounts.</summary>
    public LinuxParameters? LinuxParameters { get; init; }

    /// <summary>The names of the containers that start before it.</summary>
    public IEnumerable<string> Dependencies =>
        [.. Links.Select(link => link.Split(':')[0]), .. DependsOn.Select(dependency => dependency.ContainerName)];
}

internal sealed record NamedValue(string Name, string Value);

internal sealed record PortMapping(int HostPort, int ContainerPort);

internal sealed record MountPoint(string SourceVolume, string ContainerPath, bool ReadOnly);

internal sealed record ContainerDependency(string ContainerName, string Condition);

/// <summary>The first element is CMD: the rest is executed without a shell.</summary>
internal sealed record ContainerHealthCheck(IReadOnlyList<string> Command);

internal sealed record SystemControl(string Namespace, string Value);

internal sealed record LinuxParameters(Capabilities? Capabilities, IReadOnlyList<Tmpfs>? Tmpfs);

internal sealed record Capabilities(IReadOnlyList<string>? Drop);

/// <summary>A tmpfs mount; the size is in MiB.</summary>
internal sealed record Tmpfs(string ContainerPath, int Size, IReadOnlyList<string>? MountOptions);
