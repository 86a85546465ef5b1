using Fib.Hosting.ElasticBeanstalk.Model;
using Microsoft.Extensions.Configuration;

namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>The environment's settings with what the configuration overrides.</summary>
internal static class EnvironmentSettings
{
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

    public static string? MemoryOf(ElasticBeanstalkEnvironmentResource environment, string service) => Text(environment, $"Services:{service}:Memory");

    public static string? DigestOf(ElasticBeanstalkEnvironmentResource environment, string service) => Text(environment, $"Services:{service}:Digest");

    /// <summary>Overrides for services that there are not.</summary>
    public static IEnumerable<Problem> FindUnknownServices(ElasticBeanstalkEnvironmentResource environment, IReadOnlyCollection<string> services) =>
        from override_ in environment.Overrides?.GetSection("Services").GetChildren() ?? []
        where !services.Contains(override_.Key, StringComparer.OrdinalIgnoreCase)
        select new Problem(environment.Name, "configuration", $"'{override_.Path}' names no service; they are {string.Join(", ", services)}.");

    private static string? Text(ElasticBeanstalkEnvironmentResource environment, string key) => environment.Overrides?[key] is { Length: > 0 } text ? text : null;
}
