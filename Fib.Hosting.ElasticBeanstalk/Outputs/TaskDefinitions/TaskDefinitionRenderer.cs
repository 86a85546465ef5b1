using System.Globalization;
using Fib.Hosting.ElasticBeanstalk.Model;
using static Fib.Hosting.ElasticBeanstalk.Outputs.TaskDefinitions.ContainerMapping;

namespace Fib.Hosting.ElasticBeanstalk.Outputs.TaskDefinitions;

/// <summary>A task definition for each service, which runs as a separate ECS service; Service Connect provides the host names.</summary>
internal sealed class TaskDefinitionRenderer : IBundleRenderer
{
    public IEnumerable<BundleFile> Render(Bundle bundle)
    {
        foreach (var service in bundle.Services)
        {
            if (bundle.Targets.HasFlag(ElasticBeanstalkTargets.Ec2))
                yield return new BundleFile($"ecs/ec2/{service.Name}.json", Json.Write(OnInstances(bundle, service)));
            if (bundle.Targets.HasFlag(ElasticBeanstalkTargets.Fargate))
                yield return new BundleFile($"ecs/fargate/{service.Name}.json", Json.Write(OnFargate(bundle, service)));
            if (bundle.Targets.HasPlainEcs && Connection(bundle, service) is { } connection)
                yield return new BundleFile($"ecs/service-connect/{service.Name}.json", Json.Write(connection));
        }
    }

    private static TaskDefinition OnInstances(Bundle bundle, BundleService service) => new()
    {
        Family = $"{bundle.Application}-{service.Name}",
        RequiresCompatibilities = ["EC2"],
        NetworkMode = "bridge",
        Memory = MemoryOf(bundle, service).ToString(CultureInfo.InvariantCulture),
        ExecutionRoleArn = bundle.Tasks.ExecutionRole,
        // Without it, ECS places a task on an instance of any architecture.
        RuntimePlatform = bundle.Architecture == ElasticBeanstalkArchitecture.X64 ? null : PlatformOf(bundle),
        ContainerDefinitions =
        [
            Container(bundle, service, hostPort: 0).WithDockerOptions(service) with
            {
                // A limit of its own, which a program can read, and beside which the proxy keeps its memory.
                Memory = service.Memory.MiB,
                MountPoints = NullIfEmpty(Data(service).Select(mount =>
                    new MountPoint(mount.Name, mount.Target) { ReadOnly = mount.ReadOnly ? true : null })),
            },
        ],
        Volumes = NullIfEmpty(Data(service).Select(mount =>
            new TaskVolume(mount.Name) { DockerVolumeConfiguration = new DockerVolume("shared", true) })),
        Tags = Tags(bundle),
    };

    private static TaskDefinition OnFargate(Bundle bundle, BundleService service)
    {
        var size = FargateSize.For(MemoryOf(bundle, service));
        return new()
        {
            Family = $"{bundle.Application}-{service.Name}-fargate",
            RequiresCompatibilities = ["FARGATE"],
            NetworkMode = "awsvpc",
            Cpu = size.Cpu.ToString(CultureInfo.InvariantCulture),
            Memory = size.Memory.ToString(CultureInfo.InvariantCulture),
            ExecutionRoleArn = bundle.Tasks.ExecutionRole,
            RuntimePlatform = PlatformOf(bundle),
            ContainerDefinitions =
            [
                Container(bundle, service, hostPort: null) with
                {
                    MemoryReservation = service.Memory.MiB,
                    MountPoints = NullIfEmpty(service.Scratch.Select(directory => new MountPoint(ScratchName(directory), directory))),
                },
            ],
            // Fargate has no tmpfs, so these are on the task's disk.
            Volumes = NullIfEmpty(service.Scratch.Select(directory => new TaskVolume(ScratchName(directory)))),
            Tags = Tags(bundle),
        };
    }

    /// <summary>The memory of a task, in MiB. Service Connect requires it, with room for its proxy.</summary>
    private static int MemoryOf(Bundle bundle, BundleService service) =>
        service.Memory.MiB + (Connection(bundle, service) is null ? 0 : TaskSettings.ProxyMiB);

    private static RuntimePlatform PlatformOf(Bundle bundle) => new(bundle.Architecture.EcsName, "LINUX");

    private static ContainerDefinition Container(Bundle bundle, BundleService service, int? hostPort) => FromService(service) with
    {
        Cpu = TaskSettings.Cpu,
        // The name is for Service Connect. It has no protocol, since http would end an event stream after 15 seconds.
        PortMappings = service.Port is { } port ? [new PortMapping(port) { HostPort = hostPort, Name = service.Hostname }] : null,
        Environment = NullIfEmpty(service.Environment.Where(variable => LiteralOf(bundle, variable) is not null)
            .Select(variable => new NamedValue(variable.Name, LiteralOf(bundle, variable)!))),
        Secrets = NullIfEmpty(service.Environment.Where(variable => LiteralOf(bundle, variable) is null)
            .Select(variable => new Secret(variable.Name, $"/{bundle.Application}/{variable.Property!.Name}"))),
        RepositoryCredentials = bundle.Tasks.RegistrySecret is { } secret ? new RepositoryCredentials(secret) : null,
        LogConfiguration = bundle.Tasks.Region is { } region ? Logs(bundle, service, region) : null,
    };

    /// <summary>
    /// The value of a variable: text, or the default of a property; null if ECS reads it from a parameter of Systems Manager.
    /// </summary>
    private static string? LiteralOf(Bundle bundle, Variable variable) =>
        variable.Text ?? (IsParameter(bundle, variable) ? null : variable.Property?.Default);

    private static bool IsParameter(Bundle bundle, Variable variable) =>
        variable.Property is { } property && bundle.Tasks.Parameters.Contains(property.Name);

    private static LogConfiguration Logs(Bundle bundle, BundleService service, string region) => new(
        "awslogs",
        new Dictionary<string, string>
        {
            ["awslogs-create-group"] = "true",
            ["awslogs-group"] = $"/ecs/{bundle.Application}",
            ["awslogs-region"] = region,
            ["awslogs-stream-prefix"] = service.Name,
        });

    private static ServiceConnect? Connection(Bundle bundle, BundleService service)
    {
        var reached = service.Port is not null && bundle.Services.Any(other => other.Uses.Contains(service.Name));
        if (!reached && service.Uses.Count == 0)
            return null;
        return new ServiceConnect(true, bundle.Application)
        {
            Services = reached
                ? [new ServiceConnectService(service.Hostname, service.Hostname, [new ClientAlias(service.Port!.Value, service.Hostname)])]
                : null,
        };
    }

    private static IEnumerable<VolumeMount> Data(BundleService service) => service.Mounts.OfType<VolumeMount>();

    private static string ScratchName(string directory) => directory.Trim('/').Replace('/', '-');

    private static List<TaskTag> Tags(Bundle bundle) => [new("application", bundle.Application), new("version", bundle.Tag)];
}
