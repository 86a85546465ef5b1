namespace Fib.Hosting.ElasticBeanstalk.Outputs.TaskDefinitions;

/// <summary>The input of <c>aws ecs register-task-definition --cli-input-json</c>.</summary>
internal sealed record TaskDefinition
{
    public required string Family { get; init; }

    public required IReadOnlyList<string> RequiresCompatibilities { get; init; }

    public required string NetworkMode { get; init; }

    public string? Cpu { get; init; }

    public string? Memory { get; init; }

    public required string ExecutionRoleArn { get; init; }

    public RuntimePlatform? RuntimePlatform { get; init; }

    public required IReadOnlyList<ContainerDefinition> ContainerDefinitions { get; init; }

    public IReadOnlyList<TaskVolume>? Volumes { get; init; }

    public required IReadOnlyList<TaskTag> Tags { get; init; }
}

internal sealed record RuntimePlatform(string CpuArchitecture, string OperatingSystemFamily);

internal sealed record TaskTag(string Key, string Value);

internal sealed record TaskVolume(string Name)
{
    public HostDirectory? Host { get; init; }

    public DockerVolume? DockerVolumeConfiguration { get; init; }
}

internal sealed record HostDirectory(string SourcePath);

internal sealed record DockerVolume(string Scope, bool Autoprovision);
