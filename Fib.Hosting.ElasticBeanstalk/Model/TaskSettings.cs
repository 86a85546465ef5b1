namespace Fib.Hosting.ElasticBeanstalk.Model;

/// <summary>Settings of plain ECS.</summary>
internal sealed record TaskSettings
{
    /// <summary>CPU units of each container; one core has 1024.</summary>
    public const int Cpu = 128;

    /// <summary>
    /// The memory for the proxy of Service Connect in a task, in MiB (Amazon ECS Developer Guide, "Service Connect proxy").
    /// </summary>
    public const int ProxyMiB = 64;

    /// <summary>The role with which ECS pulls images and reads parameters, and the ECS-managed platform reads secrets: its ARN, or its name.</summary>
    public string ExecutionRole { get; init; } = "ecsTaskExecutionRole";

    /// <summary>The region of the CloudWatch Logs for the output; null to use the log driver of the instance.</summary>
    public string? Region { get; init; }

    /// <summary>A Secrets Manager secret with the registry's user name and password, null for a registry without login.</summary>
    public string? RegistrySecret { get; init; }

    /// <summary>Optional properties that are read from Systems Manager, in addition to every required one.</summary>
    public IReadOnlyList<string> Parameters { get; init; } = [];
}
