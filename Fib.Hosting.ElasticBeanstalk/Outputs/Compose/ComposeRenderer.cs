using System.Globalization;
using Fib.Hosting.ElasticBeanstalk.Compose;
using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Outputs.Compose;

/// <summary>
/// docker-compose.yml for the Docker platform. It has no version, since compose 1.29 (Amazon Linux 2) and later versions (Amazon Linux
/// 2023) both read it.
/// </summary>
internal sealed class ComposeRenderer : IBundleRenderer
{
    public IEnumerable<BundleFile> Render(Bundle bundle)
    {
        if (!bundle.Targets.HasFlag(ElasticBeanstalkTargets.Docker))
            return [];
        var volumes = bundle.Services.SelectMany(service => service.Mounts).OfType<VolumeMount>()
            .Select(mount => mount.Name).Distinct().ToList();
        var file = new ComposeFile
        {
            Services = bundle.Services.ToDictionary(service => service.Name, ServiceNode),
            Volumes = volumes.Count > 0 ? volumes.ToDictionary(name => name, _ => new ComposeVolume()) : null,
        };
        bundle.ConfigureComposeFile(file);
        return [new BundleFile("docker-compose.yml", Yaml.Write(file))];
    }

    private static ComposeService ServiceNode(BundleService service)
    {
        var node = new ComposeService
        {
            Image = service.Image.ToString(),
            Hostname = service.Hostname,
            Entrypoint = NullIfEmpty(service.Entrypoint.Select(ComposeText.Escape)),
            Command = NullIfEmpty(service.Command.Select(argument => ComposeText.Of(argument.Parts))),
            MemLimit = service.Memory.ToString(),
            Restart = service.RunsOnce ? "no" : "always",
            User = service.User?.ToString(CultureInfo.InvariantCulture),
            Ports = service.PublishedPort is { } published
                ? [new QuotedText(string.Create(CultureInfo.InvariantCulture, $"{published}:{service.Port}"))]
                : null,
            Environment = service.Environment.Count > 0
                ? service.Environment.ToDictionary(variable => variable.Name, variable => new QuotedText(ComposeText.Of(variable.Parts)))
                : null,
            DependsOn = service.DependsOn.Count > 0
                ? service.DependsOn.ToDictionary(
                    dependency => dependency.Service, dependency => new ComposeDependency(Condition(dependency)))
                : null,
            Healthcheck = service.Health is { } health ? HealthNode(health) : null,
            Volumes = NullIfEmpty(service.Mounts.Select(mount => MountText(service, mount))),
            Tmpfs = NullIfEmpty(service.Scratch.Select(directory => $"{directory}:size={Hardening.ScratchMiB}m")),
            Logging = new ComposeLogging(
                "json-file", new Dictionary<string, QuotedText> { ["max-file"] = new("3"), ["max-size"] = new("10m") }),
        };
        if (service.Hardened)
            Harden(node, service);
        return node;
    }

    private static void Harden(ComposeService node, BundleService service)
    {
        node.ReadOnly = true;
        node.CapDrop = [Hardening.AllCapabilities];
        node.SecurityOpt = [Hardening.NoNewPrivileges];
        node.Sysctls = Hardening.ListensOnLowPort(service) ? new Dictionary<string, int> { [Hardening.LowPortSysctl] = 0 } : null;
    }

    private static string Condition(Dependency dependency) => dependency.Condition switch
    {
        DependencyCondition.Healthy => "service_healthy",
        DependencyCondition.Completed => "service_completed_successfully",
        _ => "service_started",
    };

    private static ComposeHealthCheck HealthNode(HealthCheck health) => new(
        ["CMD", .. health.Command.Select(ComposeText.Escape)],
        Seconds(HealthCheck.Interval), Seconds(HealthCheck.Timeout), HealthCheck.Retries, Seconds(HealthCheck.StartPeriod));

    private static string MountText(BundleService service, Mount mount) => mount switch
    {
        LogMount =>
            $"${{EB_LOG_BASE_DIR:?EB_LOG_BASE_DIR must be the directory for logs, which the platform sets}}/{service.Name}:{mount.Target}",
        InstanceMount instance => $"{instance.Source}:{mount.Target}",
        BundleMount file => $"./{file.Source}:{mount.Target}",
        VolumeMount volume => $"{volume.Name}:{mount.Target}",
        _ => throw new ArgumentOutOfRangeException(nameof(mount)),
    } + (mount.ReadOnly ? ":ro" : "");

    private static string Seconds(int seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds}s");

    private static List<string>? NullIfEmpty(IEnumerable<string> texts) => texts.ToList() is { Count: > 0 } list ? list : null;
}
