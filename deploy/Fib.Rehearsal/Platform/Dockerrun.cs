using System.Text.Json;

namespace Fib.Rehearsal.Platform;

/// <summary>What the rehearsal does of Dockerrun.aws.json, version 2 (AWS Elastic Beanstalk Developer Guide, "Dockerrun.aws.json v2").</summary>
/// <param name="ContainerDefinitions">The containers of the one task.</param>
/// <param name="Volumes">Directories of the instance.</param>
internal sealed record Dockerrun(IReadOnlyList<ContainerDefinition> ContainerDefinitions, IReadOnlyList<TaskVolume>? Volumes)
{
    private static readonly JsonSerializerOptions Names = new(JsonSerializerDefaults.Web);

    /// <summary>Reads the file's text.</summary>
    /// <exception cref="JsonException">It is not of this form.</exception>
    public static Dockerrun Read(string text) => JsonSerializer.Deserialize<Dockerrun>(text, Names) ?? throw new JsonException("It is empty.");

    /// <summary>The definitions, each after those that it links to or waits for.</summary>
    /// <exception cref="InvalidDataException">They wait for one another in a circle, or for one that is not there.</exception>
    public IEnumerable<ContainerDefinition> InOrder()
    {
        var waiting = ContainerDefinitions.ToList();
        while (waiting.Count > 0)
        {
            var next = waiting.Find(one => one.Needs.All(name => !waiting.Exists(other => other.Name == name)))
                ?? throw new InvalidDataException($"containers that wait for one another: {string.Join(", ", waiting.Select(one => one.Name))}");
            waiting.Remove(next);
            yield return next;
        }
    }
}

/// <summary>One container of the task.</summary>
internal sealed record ContainerDefinition(string Name, string Image, int Memory)
{
    /// <summary>Its host name.</summary>
    public string? Hostname { get; init; }

    /// <summary>User id, or null for the image's.</summary>
    public string? User { get; init; }

    /// <summary>Replaces the image's command.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Names of other containers of the task that it can reach, <c>name</c> or <c>name:alias</c>.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>Its variables beside the environment properties.</summary>
    public IReadOnlyList<NamedValue> Environment { get; init; } = [];

    /// <summary>Ports of the instance that lead to it.</summary>
    public IReadOnlyList<PortMapping> PortMappings { get; init; } = [];

    /// <summary>Where it sees the task's volumes.</summary>
    public IReadOnlyList<MountPoint> MountPoints { get; init; } = [];

    /// <summary>What it waits for.</summary>
    public IReadOnlyList<ContainerDependency> DependsOn { get; init; } = [];

    /// <summary>Its health check, or null for the image's.</summary>
    public ContainerHealthCheck? HealthCheck { get; init; }

    /// <summary>Whether its own files are read-only.</summary>
    public bool ReadonlyRootFilesystem { get; init; }

    /// <summary>Passed on to the engine.</summary>
    public IReadOnlyList<string> DockerSecurityOptions { get; init; } = [];

    /// <summary>Kernel settings.</summary>
    public IReadOnlyList<SystemControl> SystemControls { get; init; } = [];

    /// <summary>Capabilities and scratch directories.</summary>
    public LinuxParameters? LinuxParameters { get; init; }

    /// <summary>Those that start before it.</summary>
    public IEnumerable<string> Needs => [.. Links.Select(link => link.Split(':')[0]), .. DependsOn.Select(dependency => dependency.ContainerName)];
}

internal sealed record NamedValue(string Name, string Value);

internal sealed record PortMapping(int HostPort, int ContainerPort);

internal sealed record MountPoint(string SourceVolume, string ContainerPath, bool ReadOnly);

internal sealed record ContainerDependency(string ContainerName, string Condition);

internal sealed record ContainerHealthCheck(IReadOnlyList<string> Command, int Interval = 30, int Timeout = 5, int Retries = 3, int StartPeriod = 0);

internal sealed record SystemControl(string Namespace, string Value);

internal sealed record LinuxParameters(Capabilities? Capabilities, IReadOnlyList<Tmpfs>? Tmpfs);

internal sealed record Capabilities(IReadOnlyList<string>? Drop);

internal sealed record Tmpfs(string ContainerPath, int Size, IReadOnlyList<string>? MountOptions);

internal sealed record TaskVolume(string Name, HostDirectory? Host);

internal sealed record HostDirectory(string SourcePath);
