using Fib.Hosting.ElasticBeanstalk.Model;
using Fib.Hosting.ElasticBeanstalk.Outputs.TaskDefinitions;
using static Fib.Hosting.ElasticBeanstalk.Outputs.TaskDefinitions.ContainerMapping;

namespace Fib.Hosting.ElasticBeanstalk.Outputs.Dockerrun;

/// <summary>Dockerrun.aws.json, version 2, for the ECS-managed platform: one task with all containers, connected by links.</summary>
internal sealed class DockerrunRenderer : IBundleRenderer
{
    public IEnumerable<BundleFile> Render(Bundle bundle) =>
        bundle.Targets.HasFlag(ElasticBeanstalkTargets.EcsManaged)
            ? [new BundleFile("ecs-managed/Dockerrun.aws.json", Json.Write(Node(bundle)))]
            : [];

    /// <summary>The directory of a volume on the instance.</summary>
    public static string DirectoryOf(Bundle bundle, VolumeMount volume) => $"/var/lib/{bundle.Application}/{volume.Name}";

    private static DockerrunFile Node(Bundle bundle) => new()
    {
        // The instance must have the right to pass it, so it is there only if it is needed.
        ExecutionRoleArn = bundle.Tasks.ExecutionRole.StartsWith("arn:", StringComparison.Ordinal)
            && bundle.Properties.Any(property => property.Secret)
                ? bundle.Tasks.ExecutionRole
                : null,
        Authentication = bundle.Platform.DockerConfig?.Split('/', 2) is [var bucket, var key]
            ? new DockerrunAuthentication(bucket, key)
            : null,
        Volumes = NullIfEmpty(bundle.Services.SelectMany(service => service.Mounts)
            .Select(mount => VolumeNode(bundle, mount)).OfType<TaskVolume>().Distinct()),
        ContainerDefinitions = [.. bundle.Services.Select(Container)],
    };

    private static ContainerDefinition Container(BundleService service) => FromService(service).WithDockerOptions(service) with
    {
        // The task stops with an essential container, so only the published one is essential; the agent restarts the others in place.
        Essential = service.PublishedPort is not null,
        Hostname = service.Hostname,
        RestartPolicy = service.RunsOnce ? null : new RestartPolicy(true),
        Memory = service.Memory.MiB,
        PortMappings = service.PublishedPort is { } published ? [new PortMapping(service.Port!.Value) { HostPort = published }] : null,
        Links = NullIfEmpty(service.Uses),
        // The platform itself passes all properties to every container.
        Environment = NullIfEmpty(service.Environment.Where(variable => variable.Text is not null)
            .Select(variable => new NamedValue(variable.Name, variable.Text!))),
        DependsOn = NullIfEmpty(service.DependsOn.Select(dependency => new ContainerDependency(dependency.Service, Condition(dependency)))),
        MountPoints = NullIfEmpty(service.Mounts.Select(mount =>
            new MountPoint(VolumeName(service, mount), mount.Target) { ReadOnly = mount.ReadOnly ? true : null })),
    };

    private static string Condition(Dependency dependency) => dependency.Condition switch
    {
        DependencyCondition.Healthy => "HEALTHY",
        DependencyCondition.Completed => "SUCCESS",
        _ => "START",
    };

    /// <summary>The platform creates a volume awseb-logs-X for the logs of each container X.</summary>
    private static string VolumeName(BundleService service, Mount mount) => mount switch
    {
        LogMount => $"awseb-logs-{service.Name}",
        InstanceMount instance => InstanceVolume(instance),
        BundleMount file => BundleVolume(file),
        VolumeMount volume => volume.Name,
        _ => throw new ArgumentOutOfRangeException(nameof(mount)),
    };

    private static TaskVolume? VolumeNode(Bundle bundle, Mount mount) => mount switch
    {
        InstanceMount instance => new TaskVolume(InstanceVolume(instance)) { Host = new HostDirectory(instance.Source) },
        BundleMount file => new TaskVolume(BundleVolume(file)) { Host = new HostDirectory($"/var/app/current/{file.Source}") },
        VolumeMount volume => new TaskVolume(volume.Name) { Host = new HostDirectory(DirectoryOf(bundle, volume)) },
        _ => null,
    };

    private static string BundleVolume(BundleMount mount) => mount.Source.Replace('/', '-').Replace('.', '-');

    private static string InstanceVolume(InstanceMount mount) => mount.Source.Trim('/').Replace('/', '-');
}
