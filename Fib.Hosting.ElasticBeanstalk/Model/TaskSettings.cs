namespace Fib.Hosting.ElasticBeanstalk.Model;

/// <summary>Settings of plain ECS.</summary>
internal sealed record TaskSettings
{
    /// <summary>The role with which ECS pulls images and reads parameters: its ARN, or its name.</summary>
    public string ExecutionRole { get; init; } = "ecsTaskExecutionRole";

    /// <summary>The region whose CloudWatch Logs take the output, or null to leave it to the instance.</summary>
    public string? Region { get; init; }

    /// <summary>A Secrets Manager secret with the registry's user name and password, or null for a registry that needs none.</summary>
    public string? RegistrySecret { get; init; }

    /// <summary>Optional properties that are read from parameters too, as required ones always are.</summary>
    public IReadOnlyList<string> Parameters { get; init; } = [];

    /// <summary>Shares of a core for each container, 1024 to the core.</summary>
    public int Cpu { get; init; } = 128;
}
