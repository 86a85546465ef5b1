namespace Fib.Rehearsal.Platform;

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

/// <summary>The first word is CMD: no shell reads the rest.</summary>
internal sealed record ContainerHealthCheck(IReadOnlyList<string> Command);

internal sealed record SystemControl(string Namespace, string Value);

internal sealed record LinuxParameters(Capabilities? Capabilities, IReadOnlyList<Tmpfs>? Tmpfs);

internal sealed record Capabilities(IReadOnlyList<string>? Drop);

internal sealed record Tmpfs(string ContainerPath, int Size, IReadOnlyList<string>? MountOptions);
