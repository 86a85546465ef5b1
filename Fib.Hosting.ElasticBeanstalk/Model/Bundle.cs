using Fib.Hosting.ElasticBeanstalk.Outputs;
using Fib.Hosting.ElasticBeanstalk.Outputs.Compose;

namespace Fib.Hosting.ElasticBeanstalk.Model;

/// <summary>What is deployed, as all outputs see it.</summary>
/// <param name="Application">Names the zip, the task families and directories on an instance.</param>
/// <param name="Tag">The version: the tag of the images and part of the zip's name.</param>
/// <param name="Services">The containers, in the order of the app model.</param>
internal sealed record Bundle(string Application, string Tag, IReadOnlyList<BundleService> Services)
{
    /// <summary>The section of the configuration that changes it, for messages.</summary>
    public string Section { get; init; } = "";

    /// <summary>The platforms it is written for.</summary>
    public ElasticBeanstalkTargets Targets { get; init; } = ElasticBeanstalkTargets.Docker;

    /// <summary>What the images are built for.</summary>
    public ElasticBeanstalkArchitecture Architecture { get; init; }

    /// <summary>The registry and path of the images that are built; empty for none.</summary>
    public string Registry { get; init; } = "";

    /// <summary>The parameters of the app model whose values a deployment passes on, by the name of their property.</summary>
    public IReadOnlyDictionary<string, ParameterResource> Parameters { get; init; } = new Dictionary<string, ParameterResource>();

    /// <summary>Files that every source bundle contains: what is mounted into containers, and what the AppHost adds.</summary>
    public IReadOnlyList<BundleFile> Files { get; init; } = [];

    /// <summary>Changes docker-compose.yml before it is written.</summary>
    public Action<ComposeFile> ConfigureComposeFile { get; init; } = _ => { };

    /// <summary>The nginx that the bundle builds and puts in front, or null where a service of the app model is the front.</summary>
    public NginxRouter? Router { get; init; }

    /// <summary>Settings of the Beanstalk environment.</summary>
    public PlatformSettings Platform { get; init; } = new();

    /// <summary>Settings of plain ECS.</summary>
    public TaskSettings Tasks { get; init; } = new();

    /// <summary>Every property that some service or hook needs, by name.</summary>
    public IReadOnlyList<EnvironmentProperty> Properties =>
        [.. Services.SelectMany(service => service.Properties).Concat(Platform.Properties).Distinct().OrderBy(property => property.Name, StringComparer.Ordinal)];

    public BundleService? Find(string name) => Services.FirstOrDefault(service => service.Name == name);
}
