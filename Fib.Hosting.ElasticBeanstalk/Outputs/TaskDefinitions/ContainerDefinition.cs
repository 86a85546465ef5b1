namespace Fib.Hosting.ElasticBeanstalk.Outputs.TaskDefinitions;

/// <summary>
/// A container definition of ECS and Dockerrun.aws.json (Amazon ECS API Reference, "ContainerDefinition"). The order of properties is that
/// of the file.
/// </summary>
internal sealed record ContainerDefinition
{
    public required string Name { get; init; }

    public required string Image { get; init; }

    public string? Hostname { get; init; }

    public required bool Essential { get; init; }

    public int? Cpu { get; init; }

    public int? Memory { get; init; }

    public int? MemoryReservation { get; init; }

    public IReadOnlyList<string>? EntryPoint { get; init; }

    public IReadOnlyList<string>? Command { get; init; }

    public string? User { get; init; }

    public IReadOnlyList<PortMapping>? PortMappings { get; init; }

    public IReadOnlyList<string>? Links { get; init; }

    public IReadOnlyList<NamedValue>? Environment { get; init; }

    public IReadOnlyList<Secret>? Secrets { get; init; }

    public IReadOnlyList<ContainerDependency>? DependsOn { get; init; }

    public ContainerHealthCheck? HealthCheck { get; init; }

    public IReadOnlyList<MountPoint>? MountPoints { get; init; }

    public bool ReadonlyRootFilesystem { get; init; }

    public IReadOnlyList<string>? DockerSecurityOptions { get; init; }

    public LinuxParameters? LinuxParameters { get; init; }

    public IReadOnlyList<SystemControl>? SystemControls { get; init; }

    public RestartPolicy? RestartPolicy { get; init; }

    public RepositoryCredentials? RepositoryCredentials { get; init; }

    public LogConfiguration? LogConfiguration { get; init; }
}

internal sealed record PortMapping(int ContainerPort)
{
    public int? HostPort { get; init; }

    /// <summary>The port name that Service Connect references.</summary>
    public string? Name { get; init; }
}

internal sealed record NamedValue(string Name, string Value);

internal sealed record Secret(string Name, string ValueFrom);

internal sealed record ContainerDependency(string ContainerName, string Condition);

internal sealed record ContainerHealthCheck(IReadOnlyList<string> Command, int Interval, int Timeout, int Retries, int StartPeriod);

internal sealed record MountPoint(string SourceVolume, string ContainerPath)
{
    public bool? ReadOnly { get; init; }
}

internal sealed record LinuxParameters(Capabilities? Capabilities, IReadOnlyList<Tmpfs>? Tmpfs);

internal sealed record Capabilities(IReadOnlyList<string> Drop);

internal sealed record Tmpfs(string ContainerPath, int Size);

internal sealed record SystemControl(string Namespace, string Value);

internal sealed record RestartPolicy(bool Enabled);

internal sealed record RepositoryCredentials(string CredentialsParameter);

internal sealed record LogConfiguration(string LogDriver, IReadOnlyDictionary<string, string> Options);
