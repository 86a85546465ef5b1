using System.Globalization;
using Fib.Hosting.ElasticBeanstalk.Model;
using Fib.Hosting.ElasticBeanstalk.Outputs.Dockerrun;

namespace Fib.Hosting.ElasticBeanstalk.Outputs.Platform;

/// <summary>The platform hooks of a bundle.</summary>
internal static class Hooks
{
    /// <summary>The hook that logs in to the registry.</summary>
    public const string LoginPath = "prebuild/10_registry_login.sh";

    /// <summary>The hook that checks the values of properties.</summary>
    public const string PropertiesPath = "prebuild/20_properties.sh";

    private const string Head =
        """
        #!/usr/bin/env bash
        set -euo pipefail

        """;

    /// <summary>A shell function that prints a property. A hook has secrets as environment variables.</summary>
    private const string Property =
        """
        property() {
            local value
            value=$(printenv "$1") || value=
            [ -n "$value" ] || value=$(/opt/elasticbeanstalk/bin/get-config environment -k "$1" 2>/dev/null) || value=
            printf '%s' "$value"
        }

        """;

    public static IEnumerable<Hook> ForCompose(Bundle bundle)
    {
        if (bundle.Platform.RegistryLogin)
            yield return new Hook(LoginPath, Login(bundle.LoginHosts[0]));
        if (PropertiesOf(bundle, property => property.UriSafe) is { Count: > 0 } safe)
            yield return new Hook(PropertiesPath, Check([], safe));
        if (Directories(bundle, "${EB_LOG_BASE_DIR:-/var/log/eb-docker/containers}", withVolumes: false) is { Count: > 0 } directories)
            yield return new Hook("predeploy/10_directories.sh", Install(directories));
    }

    public static IEnumerable<Hook> ForDockerrun(Bundle bundle)
    {
        var (required, safe) = (PropertiesOf(bundle, property => property.Required), PropertiesOf(bundle, property => property.UriSafe));
        if (required.Count + safe.Count > 0)
            yield return new Hook("prebuild/20_required_properties.sh", Check(required, safe));
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
           select (path, service.User ?? 0),
    ];

    private static string Install(List<(string Path, int User)> directories) => Head +
        """
        # The containers run as separate users, which may write only to these directories of the instance.

        """ + string.Concat(directories.Select(directory =>
            string.Create(
                CultureInfo.InvariantCulture, $"install -d -m 0755 -o {directory.User} -g {directory.User} \"{directory.Path}\"\n")));

    private static List<EnvironmentProperty> PropertiesOf(Bundle bundle, Func<EnvironmentProperty, bool> wanted) =>
        [.. bundle.Services.SelectMany(service => service.Properties)
            .Where(wanted).Distinct().OrderBy(property => property.Name, StringComparer.Ordinal)];

    /// <summary>
    /// Fails the deployment if a value is missing (the ECS-managed platform does not check this itself), or would break the URI that
    /// contains it. The messages contain no values.
    /// </summary>
    private static string Check(List<EnvironmentProperty> required, List<EnvironmentProperty> safe) => Head + Property +
        """
        missing=0

        """ + (required.Count == 0 ? "" : """
        require() {
            local value
            value=$(property "$1")
            [ -n "$value" ] && return
            printf '%s is not set: it must be %s.\n' "$1" "$2" >&2
            missing=1
        }

        """) + (safe.Count == 0 ? "" : """
        uri_safe() {
            local value
            value=$(property "$1")
            case $value in
                *[!A-Za-z0-9._~-]*) ;;
                *) return ;;
            esac
            printf '%s is put into a URI: it may contain only letters, digits and - . _ ~.\n' "$1" >&2
            missing=1
        }

        """) + string.Concat(required.Select(property => $"require {property.Name} {Shell(property.Description)}\n")) +
        string.Concat(safe.Select(property => $"uri_safe {property.Name}\n")) +
        """
        exit "$missing"

        """;

    private static string Shell(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string Login(string host) => Head + Property +
        $$"""
        property REGISTRY_PASSWORD | docker login --username "$(property REGISTRY_USER)" --password-stdin{{(host.Length > 0 ? $" '{host}'" : "")}}

        """;
}

/// <summary>A program that an instance runs as root during a deployment.</summary>
/// <param name="Path">Stage and name, such as <c>predeploy/10_directories.sh</c>; hooks of a stage run in the order of their names.</param>
/// <param name="Text">The program.</param>
internal sealed record Hook(string Path, string Text);
