namespace Fib.Hosting.ElasticBeanstalk.Model;

/// <summary>What is deployed, as all outputs see it.</summary>
/// <param name="Application">Names the zip, the task families and directories on an instance.</param>
/// <param name="Tag">The version: the tag of the images and part of the zip's name.</param>
/// <param name="Services">The containers, in the order of the app model.</param>
internal sealed record Bundle(string Application, string Tag, IReadOnlyList<BundleService> Services)
{
    /// <summary>The outputs wanted.</summary>
    public ElasticBeanstalkTargets Targets { get; init; } = ElasticBeanstalkTargets.All;

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
