using Fib.Hosting.ElasticBeanstalk.Model;
using Microsoft.Extensions.Configuration;

namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>The environment's settings with what the configuration overrides.</summary>
internal static class EnvironmentSettings
{
    private const string Services = "Services";

    private static readonly string[] OfServices = ["Memory", "Digest"];

    private static readonly string[] Known =
        [.. typeof(ElasticBeanstalkEnvironmentResource).GetProperties().Where(property => property.SetMethod is { IsPublic: true }).Select(property => property.Name).Order(StringComparer.Ordinal)];

    /// <summary>Changes the environment as the configuration below its name says.</summary>
    public static IEnumerable<Problem> Override(ElasticBeanstalkEnvironmentResource environment)
    {
        if (environment.Overrides is not { } section)
            return [];
        try
        {
            section.Bind(environment);
            return [];
        }
        catch (InvalidOperationException wrong)
        {
            return [new Problem(environment.Name, "configuration", wrong.Message)];
        }
    }

    public static string? MemoryOf(ElasticBeanstalkEnvironmentResource environment, string service) => Text(environment, $"{Services}:{service}:Memory");

    public static string? DigestOf(ElasticBeanstalkEnvironmentResource environment, string service) => Text(environment, $"{Services}:{service}:Digest");

    /// <summary>Settings and services that there are not.</summary>
    public static IEnumerable<Problem> FindUnknown(ElasticBeanstalkEnvironmentResource environment, IReadOnlyCollection<string> services)
    {
        foreach (var setting in environment.Overrides?.GetChildren().Where(setting => !Has([.. Known, .. environment.AppSettings, Services], setting.Key)) ?? [])
            yield return new Problem(environment.Name, "configuration", $"'{setting.Path}' is no setting; they are {string.Join(", ", Known)} and {Services}.");
        foreach (var service in environment.Overrides?.GetSection(Services).GetChildren() ?? [])
        {
            if (!Has(services, service.Key))
                yield return new Problem(environment.Name, "configuration", $"'{service.Path}' names no service; they are {string.Join(", ", services)}.");
            foreach (var setting in service.GetChildren().Where(setting => !Has(OfServices, setting.Key)))
                yield return new Problem(environment.Name, "configuration", $"'{setting.Path}' is no setting of a service; they are {string.Join(", ", OfServices)}.");
        }
    }

    public static PlatformSettings PlatformOf(ElasticBeanstalkEnvironmentResource environment, string? healthPath) => new()
    {
        HealthCheckPath = environment.HealthCheckPath ?? healthPath ?? "/",
        DeploymentPolicy = environment.DeploymentPolicy,
        LogDays = environment.LogDays,
        Options = environment.Options,
        RegistryLogin = environment.RegistryLogin,
        Registry = ImageReader.HostOf(environment.Registry),
        DockerConfig = environment.DockerConfig,
    };

    public static TaskSettings TasksOf(ElasticBeanstalkEnvironmentResource environment) => new()
    {
        ExecutionRole = environment.ExecutionRole,
        Region = environment.Region,
        RegistrySecret = environment.RegistrySecret,
        Parameters = environment.TaskParameters.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
    };

    private static bool Has(IEnumerable<string> names, string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static string? Text(ElasticBeanstalkEnvironmentResource environment, string key) => environment.Overrides?[key] is { Length: > 0 } text ? text : null;
}
