using Fib.Hosting.ElasticBeanstalk.Model;
using Microsoft.Extensions.Configuration;

namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>Reads the environment's settings; the configuration overrides those of the AppHost.</summary>
internal static class EnvironmentSettings
{
    /// <summary>The subsection with the settings of single services.</summary>
    public const string Services = "Services";

    /// <summary>Applies the configuration section to the environment.</summary>
    public static IEnumerable<Problem> Apply(ElasticBeanstalkEnvironmentResource environment)
    {
        try
        {
            environment.Overrides?.Bind(environment);
        }
        catch (InvalidOperationException exception)
        {
            return [new Problem(environment.Name, "configuration", exception.Message)];
        }
        return environment.SmokeUrl is null or "" || IsHttp(environment.SmokeUrl)
            ? []
            : [new Problem(environment.Name, "configuration", $"SmokeUrl '{environment.SmokeUrl}' must begin with http:// or https://.")];
    }

    private static bool IsHttp(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";

    public static string? MemoryOf(ElasticBeanstalkEnvironmentResource environment, string service) =>
        Text(environment, $"{Services}:{service}:Memory");

    public static string? DigestOf(ElasticBeanstalkEnvironmentResource environment, string service) =>
        Text(environment, $"{Services}:{service}:Digest");

    /// <param name="environment">The environment, whose own health check path has precedence.</param>
    /// <param name="health">The health check of the app model; null for none.</param>
    public static PlatformSettings PlatformOf(ElasticBeanstalkEnvironmentResource environment, HealthRequest? health) => new()
    {
        HealthCheckPath = environment.HealthCheckPath ?? health?.Path ?? "/",
        HealthCheckStatus = environment.HealthCheckPath is null && health is not null ? health.Status : 200,
        DeploymentPolicy = environment.DeploymentPolicy,
        LogDays = environment.LogDays,
        Options = environment.Options,
        RegistryLogin = environment.RegistryLogin,
        DockerConfig = environment.DockerConfig,
    };

    public static TaskSettings TasksOf(ElasticBeanstalkEnvironmentResource environment) => new()
    {
        ExecutionRole = environment.ExecutionRole,
        Region = environment.Region,
        RegistrySecret = environment.RegistrySecret,
        Parameters = environment.TaskParameters.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
    };

    private static string? Text(ElasticBeanstalkEnvironmentResource environment, string key) =>
        environment.Overrides?[key] is { Length: > 0 } text ? text : null;
}
