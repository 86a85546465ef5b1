using System.Globalization;
using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Outputs.Compose;

/// <summary>docker-compose.yml for the Docker platform: read by compose 1.29 on Amazon Linux 2 and by every later one on Amazon Linux 2023, hence no version.</summary>
internal sealed class ComposeRenderer : IBundleRenderer
{
    public IEnumerable<BundleFile> Render(Bundle bundle)
    {
        if (!bundle.Targets.HasFlag(ElasticBeanstalkTargets.Docker))
            return [];
        var volumes = bundle.Services.SelectMany(service => service.Mounts).OfType<VolumeMount>().Select(mount => mount.Name).Distinct().ToList();
        var file = new ComposeFile
        {
            Services = bundle.Services.ToDictionary(service => service.Name, ServiceNode),
            Volumes = volumes.Count > 0 ? volumes.ToDictionary(name => name, _ => new ComposeVolume()) : null,
        };
        return [new BundleFile("docker-compose.yml", Yaml.Write(file))];
    }

    private static ComposeService ServiceNode(BundleService service) => new()
    {
        Image = service.Image.ToString(),
        Hostname = service.Hostname,
        Command = NullIfEmpty(service.Command.Select(ComposeText.Escape)),
        MemLimit = service.Memory.ToString(),
        Restart = "always",
        User = service.User.ToString(CultureInfo.InvariantCulture),
        Ports = service.PublishedPort is { } published ? [new QuotedText(string.Create(CultureInfo.InvariantCulture, $"{published}:{service.Port}"))] : null,
        Environment = service.Environment.Count > 0 ? service.Environment.ToDictionary(variable => variable.Name, variable => new QuotedText(ComposeText.Of(variable))) : null,
        DependsOn = service.DependsOn.Count > 0 ? service.DependsOn.ToDictionary(name => name, _ => new ComposeDependency("service_healthy")) : null,
        Healthcheck = service.Health is { } health ? HealthNode(health) : null,
        Volumes = NullIfEmpty(service.Mounts.Select(mount => MountText(service, mount))),
        Tmpfs = NullIfEmpty(service.Scratch.Select(directory => $"{directory}:size={Hardening.ScratchMiB}m")),
        ReadOnly = true,
        CapDrop = [Hardening.AllCapabilities],
        SecurityOpt = [Hardening.NoNewPrivileges],
        Sysctls = Hardening.NeedsLowPort(service) ? new Dictionary<string, int> { [Hardening.LowPortControl] = 0 } : null,
        Logging = new ComposeLogging("json-file", new Dictionary<string, QuotedText> { ["max-file"] = new("3"), ["max-size"] = new("10m") }),
    };

    private static ComposeHealthCheck HealthNode(HealthCheck health) => new(
        ["CMD", .. health.Command.Select(ComposeText.Escape)], Seconds(health.Interval), Seconds(health.Timeout), health.Retries, Seconds(health.StartPeriod));

    private static string MountText(BundleService service, Mount mount) => mount switch
    {
        LogMount => $"${{EB_LOG_BASE_DIR:?EB_LOG_BASE_DIR must be the directory for logs, which the platform sets}}/{service.Name}:{mount.Target}",
        InstanceMount instance => $"{instance.Source}:{mount.Target}",
        VolumeMount volume => $"{volume.Name}:{mount.Target}",
        _ => throw new ArgumentOutOfRangeException(nameof(mount)),
    };

    private static string Seconds(int seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds}s");

    private static List<string>? NullIfEmpty(IEnumerable<string> texts) => texts.ToList() is { Count: > 0 } list ? list : null;
}
