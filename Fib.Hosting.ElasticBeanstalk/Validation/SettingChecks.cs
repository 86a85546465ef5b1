using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Validation;

internal static class SettingChecks
{
    private static readonly string[] Policies = ["AllAtOnce", "Rolling", "RollingWithAdditionalBatch", "Immutable", "TrafficSplitting"];

    public static IEnumerable<Problem> Find(Bundle bundle)
    {
        var platform = bundle.Platform;
        if (!Policies.Contains(platform.DeploymentPolicy))
            yield return new Problem(
                bundle.Application, "deployment policy",
                $"'{platform.DeploymentPolicy}' must be one of {string.Join(", ", Policies)}.");
        if (!platform.HealthCheckPath.StartsWith('/'))
            yield return new Problem(bundle.Application, "health check path", $"'{platform.HealthCheckPath}' must begin with '/'.");
        if (platform.DockerConfig is { } config && config.Split('/', 2) is not [{ Length: > 0 }, { Length: > 0 }])
            yield return new Problem(bundle.Application, "Docker configuration", $"'{config}' must be bucket/key.");
        foreach (var name in bundle.Tasks.Parameters.Except(PropertiesOf(bundle)))
            yield return new Problem(bundle.Application, "task parameters", $"'{name}' is not an environment property of any service.");
        if (bundle.Targets == ElasticBeanstalkTargets.None)
            yield return new Problem(
                bundle.Application, "outputs",
                $"no target is chosen: choose at least one of {string.Join(", ", Enum.GetNames<ElasticBeanstalkTargets>()[1..])}.");
    }

    private static IEnumerable<string> PropertiesOf(Bundle bundle) =>
        bundle.Services.SelectMany(service => service.Environment).Select(variable => variable.Property?.Name).OfType<string>();
}
