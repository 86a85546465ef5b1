using Fib.Hosting.ElasticBeanstalk.Model;
using Microsoft.Extensions.Configuration;

namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>Reads the environment's settings; the configuration overrides those of the AppHost.</summary>
internal static class EnvironmentSettings
{
    private const string Services = "Services";

    private static readonly string[] ServiceSettings = ["Memory", "Digest"];

    private static readonly string[] Known =
    [
        .. typeof(ElasticBeanstalkEnvironmentResource).GetProperties().Where(property => property.SetMethod is { IsPublic: true })
            .Select(property => property.Name).Order(StringComparer.Ordinal),
    ];

    /// <summary>Applies the configuration section to the environment.</summary>
    public static IEnumerable<Problem> Apply(ElasticBeanstalkEnvironmentResource environment)
    {
        if (environment.Overrides is not { } section)
            return [];
        try
        {
            section.Bind(environment);
            return [];
        }
        catch (InvalidOperationException exception)
        {
            return [new Problem(environment.Name, "configuration", exception.Message)];
        }
    }

    public static string? MemoryOf(ElasticBeanstalkEnvironmentResource environment, string service) =>
        Text(environment, $"{Services}:{service}:Memory");

    public static string? DigestOf(ElasticBeanstalkEnvironmentResource environment, string service) =>
        Text(environment, $"{Services}:{service}:Digest");

    /// <summary>Finds unknown settings and services in the configuration section.</summary>
    public static IEnumerable<Problem> FindUnknown(ElasticBeanstalkEnvironmentResource environment, IReadOnlyCollection<string> services)
    {
        string[] known = [.. Known, .. environment.AppSettings, Services];
        foreach (var setting in environment.Overrides?.GetChildren().Where(setting => !Has(known, setting.Key)) ?? [])
            yield return new Problem(
                environment.Name, "configuration",
                $"'{setting.Path}' is not a setting; the settings are {string.Join(", ", Known)} and {Services}.");
        foreach (var service in environment.Overrides?.GetSection(Services).GetChildren() ?? [])
        {
            if (!Has(services, service.Key))
                yield return new Problem(
                    environment.Name, "configuration",
                    $"'{service.Path}' is not a service; the services are {string.Join(", ", services)}.");
            foreach (var setting in service.GetChildren().Where(setting => !Has(ServiceSettings, setting.Key)))
                yield return new Problem(
                    environment.Name, "configuration",
                    $"'{setting.Path}' is not a setting of a service; the settings are {string.Join(", ", ServiceSettings)}.");
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

    private static string? Text(ElasticBeanstalkEnvironmentResource environment, string key) =>
        environment.Overrides?[key] is { Length: > 0 } text ? text : null;
}
