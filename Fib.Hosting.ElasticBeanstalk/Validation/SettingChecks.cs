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
        if (platform.RegistryLogin && bundle.LoginHosts.Count > 1)
            yield return new Problem(
                bundle.Application, "registry login",
                $"the images are in {string.Join(" and ", bundle.LoginHosts.Select(host => host.Length > 0 ? host : "Docker Hub"))}, and " +
                $"{PlatformSettings.RegistryUser.Name} and {PlatformSettings.RegistryPassword.Name} are those of one registry: push all " +
                "images to one, or log in with a hook of WithBundleFile instead of RegistryLogin.");
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
