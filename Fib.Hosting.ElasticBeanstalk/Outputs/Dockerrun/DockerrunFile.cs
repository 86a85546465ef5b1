using System.Text.Json.Serialization;
using Fib.Hosting.ElasticBeanstalk.Outputs.TaskDefinitions;

namespace Fib.Hosting.ElasticBeanstalk.Outputs.Dockerrun;

/// <summary>Dockerrun.aws.json of the ECS-managed platform.</summary>
internal sealed record DockerrunFile
{
    [JsonPropertyName("AWSEBDockerrunVersion")]
    public int Version { get; } = 2;

    /// <summary>The role with which the platform reads secrets (Elastic Beanstalk Developer Guide, "Execution Role ARN format").</summary>
    public string? ExecutionRoleArn { get; init; }

    public DockerrunAuthentication? Authentication { get; init; }

    public IReadOnlyList<TaskVolume>? Volumes { get; init; }

    public required IReadOnlyList<ContainerDefinition> ContainerDefinitions { get; init; }
}

/// <summary>The location of the Docker configuration with the registry login in S3.</summary>
internal sealed record DockerrunAuthentication(string Bucket, string Key);
