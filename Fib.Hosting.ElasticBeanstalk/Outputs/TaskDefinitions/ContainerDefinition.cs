namespace Fib.Hosting.ElasticBeanstalk.Outputs.TaskDefinitions;

/// <summary>A container as ECS's API and Dockerrun.aws.json name it (Amazon ECS API Reference, "ContainerDefinition"). The order of properties is that of the file.</summary>
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
