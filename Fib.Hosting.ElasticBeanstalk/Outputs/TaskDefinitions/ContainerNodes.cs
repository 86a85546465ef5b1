namespace Fib.Hosting.ElasticBeanstalk.Outputs.TaskDefinitions;

internal sealed record PortMapping(int ContainerPort)
{
    public int? HostPort { get; init; }

    /// <summary>The name by which Service Connect finds it.</summary>
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
