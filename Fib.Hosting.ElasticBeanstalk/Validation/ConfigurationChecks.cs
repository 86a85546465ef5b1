using Fib.Hosting.ElasticBeanstalk.Model;
using static Fib.Hosting.ElasticBeanstalk.Reading.EnvironmentSettings;

namespace Fib.Hosting.ElasticBeanstalk.Validation;

/// <summary>Finds unknown settings and services in the environment's configuration section.</summary>
internal static class ConfigurationChecks
{
    private static readonly string[] ServiceSettings = ["Memory", "Digest"];

    private static readonly string[] Known =
    [
        .. typeof(ElasticBeanstalkEnvironmentResource).GetProperties().Where(property => property.SetMethod is { IsPublic: true })
            .Select(property => property.Name).Order(StringComparer.Ordinal),
    ];

    public static IEnumerable<Problem> Find(ElasticBeanstalkEnvironmentResource environment, IReadOnlyCollection<string> services) =>
        FindUnknownSettings(environment).Concat(FindInServices(environment, services));

    /// <summary>The unknown settings of the environment itself.</summary>
    public static IEnumerable<Problem> FindUnknownSettings(ElasticBeanstalkEnvironmentResource environment)
    {
        string[] known = [.. Known, .. environment.AppSettings, Services];
        foreach (var setting in environment.Overrides?.GetChildren().Where(setting => !Has(known, setting.Key)) ?? [])
            yield return new Problem(
                environment.Name, "configuration",
                $"'{setting.Path}' is not a setting; the settings are {string.Join(", ", Known)} and {Services}.");
    }

    private static IEnumerable<Problem> FindInServices(
        ElasticBeanstalkEnvironmentResource environment, IReadOnlyCollection<string> services)
    {
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

    private static bool Has(IEnumerable<string> names, string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase);
}
