using Fib.Hosting.ElasticBeanstalk.Compose;

namespace Fib.Hosting.ElasticBeanstalk.Model;

/// <summary>The deployed application, independent of the output format.</summary>
/// <param name="Application">The name of the zip, the task families and directories on an instance.</param>
/// <param name="Tag">The version: the tag of the images and part of the zip's name.</param>
/// <param name="Services">The containers, in the order of the app model.</param>
internal sealed record Bundle(string Application, string Tag, IReadOnlyList<BundleService> Services)
{
    /// <summary>Its configuration section, for messages.</summary>
    public string Section { get; init; } = "";

    /// <summary>The platforms it is written for.</summary>
    public ElasticBeanstalkTargets Targets { get; init; } = ElasticBeanstalkTargets.Docker;

    /// <summary>The architecture of the images.</summary>
    public ElasticBeanstalkArchitecture Architecture { get; init; }

    /// <summary>The registry and path of the built images; empty for none.</summary>
    public string Registry { get; init; } = "";

    /// <summary>The parameters whose values a deployment passes to the environment, by the name of their property.</summary>
    public IReadOnlyDictionary<string, ParameterResource> Parameters { get; init; } = new Dictionary<string, ParameterResource>();

    /// <summary>Files of every source bundle: bind mounts of containers, and files that the AppHost adds.</summary>
    public IReadOnlyList<BundleFile> Files { get; init; } = [];

    /// <summary>Changes docker-compose.yml before it is written.</summary>
    public Action<ComposeFile> ConfigureComposeFile { get; init; } = _ => { };

    /// <summary>The nginx in front of the services; null if a service of the app model is in front.</summary>
    public NginxRouter? Router { get; init; }

    /// <summary>Settings of the Beanstalk environment.</summary>
    public PlatformSettings Platform { get; init; } = new();

    /// <summary>Settings of plain ECS.</summary>
    public TaskSettings Tasks { get; init; } = new();

    /// <summary>
    /// The hosts of the registries of the built images, without those of Amazon ECR, which needs no login; that of
    /// <see cref="Registry"/> if there are none. An empty host is Docker Hub.
    /// </summary>
    public IReadOnlyList<string> LoginHosts =>
        [.. Services.Select(service => service.BuiltImage).Where(image => image is { IsLocal: false })
            .Select(image => ImageReference.HostOf(image!.Repository))
            .Where(host => !host.Contains(".dkr.ecr", StringComparison.Ordinal))
            .DefaultIfEmpty(ImageReference.HostOf(Registry)).Distinct()];

    /// <summary>The properties that services and hooks need, in the order of their names.</summary>
    public IReadOnlyList<EnvironmentProperty> Properties =>
        [.. Services.SelectMany(service => service.Properties).Concat(Platform.Properties).Distinct()
            .OrderBy(property => property.Name, StringComparer.Ordinal)];

    public BundleService? Find(string name) => Services.FirstOrDefault(service => service.Name == name);
}
