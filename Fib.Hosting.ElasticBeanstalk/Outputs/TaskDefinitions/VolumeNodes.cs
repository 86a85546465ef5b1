namespace Fib.Hosting.ElasticBeanstalk.Outputs.TaskDefinitions;

internal sealed record TaskVolume(string Name)
{
    public HostDirectory? Host { get; init; }

    public DockerVolume? DockerVolumeConfiguration { get; init; }
}

internal sealed record HostDirectory(string SourcePath);

internal sealed record DockerVolume(string Scope, bool Autoprovision);
