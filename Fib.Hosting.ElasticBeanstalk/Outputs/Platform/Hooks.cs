using System.Globalization;
using Fib.Hosting.ElasticBeanstalk.Model;
using Fib.Hosting.ElasticBeanstalk.Outputs.Dockerrun;

namespace Fib.Hosting.ElasticBeanstalk.Outputs.Platform;

/// <summary>The hooks of a bundle.</summary>
internal static class Hooks
{
    private const string Head =
        """
        #!/usr/bin/env bash
        set -euo pipefail

        """;

    public static IEnumerable<Hook> ForCompose(Bundle bundle)
    {
        if (bundle.Platform.RegistryLogin)
            yield return new Hook("prebuild/10_registry_login.sh", Login(bundle.Platform.Registry));
        if (Directories(bundle, "${EB_LOG_BASE_DIR:-/var/log/eb-docker/containers}", withVolumes: false) is { Count: > 0 } directories)
            yield return new Hook("predeploy/10_directories.sh", Install(directories));
    }

    public static IEnumerable<Hook> ForDockerrun(Bundle bundle)
    {
        var required = bundle.Services.SelectMany(service => service.Properties).Where(property => property.Required).Distinct().OrderBy(property => property.Name, StringComparer.Ordinal).ToList();
        if (required.Count > 0)
            yield return new Hook("prebuild/20_required_properties.sh", Require(required));
        if (Directories(bundle, "/var/log/containers", withVolumes: true) is { Count: > 0 } directories)
            yield return new Hook("predeploy/10_directories.sh", Install(directories));
    }

    private static List<(string Path, int User)> Directories(Bundle bundle, string logs, bool withVolumes) =>
    [
        .. from service in bundle.Services
           from mount in service.Mounts
           let path = mount switch
           {
               LogMount => $"{logs}/{service.Name}",
               InstanceMount instance => instance.Source,
               VolumeMount volume when withVolumes => DockerrunRenderer.DirectoryOf(bundle, volume),
               _ => null,
           }
           where path is not null
           select (path, service.User),
    ];

    private static string Install(List<(string Path, int User)> directories) => Head +
        """
        # The containers run as users of their own, who may write to nothing else on this instance.

        """ + string.Concat(directories.Select(directory =>
            string.Create(CultureInfo.InvariantCulture, $"install -d -m 0755 -o {directory.User} -g {directory.User} \"{directory.Path}\"\n")));

    /// <summary>This platform starts containers whatever is set, so the deployment is ended here.</summary>
    private static string Require(List<EnvironmentProperty> properties) => Head +
        """
        missing=0
        require() {
            local value
            value=$(/opt/elasticbeanstalk/bin/get-config environment -k "$1" 2>/dev/null) || value=
            [ -n "$value" ] && return
            printf '%s is not set: it must be %s.\n' "$1" "$2" >&2
            missing=1
        }

        """ + string.Concat(properties.Select(property => $"require {property.Name} '{property.Description.Replace("'", "'\\''", StringComparison.Ordinal)}'\n")) +
        """
        exit "$missing"

        """;

    private static string Login(string registry) => Head +
        $$"""
        property() { /opt/elasticbeanstalk/bin/get-config environment -k "$1"; }
        user=${REGISTRY_USER:-$(property REGISTRY_USER)}
        password=${REGISTRY_PASSWORD:-$(property REGISTRY_PASSWORD)}
        printf '%s' "$password" | docker login --username "$user" --password-stdin{{(registry.Length > 0 ? $" '{registry}'" : "")}}

        """;
}
