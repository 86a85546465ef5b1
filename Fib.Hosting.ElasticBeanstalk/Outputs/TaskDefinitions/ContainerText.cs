using System.Globalization;
using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Outputs.TaskDefinitions;

/// <summary>What a container definition says alike in every kind of output.</summary>
internal static class ContainerText
{
    public static ContainerDefinition Common(BundleService service) => new()
    {
        Name = service.Name,
        Image = service.Image.ToString(),
        Essential = true,
        Command = NullIfEmpty(service.Command),
        User = service.User.ToString(CultureInfo.InvariantCulture),
        HealthCheck = service.Health is { } health
            ? new ContainerHealthCheck(["CMD", .. health.Command], health.Interval, health.Timeout, health.Retries, health.StartPeriod)
            : null,
        ReadonlyRootFilesystem = true,
        LinuxParameters = new LinuxParameters(new Capabilities([Hardening.AllCapabilities]), null),
        SystemControls = Hardening.NeedsLowPort(service) ? [new SystemControl(Hardening.LowPortControl, "0")] : null,
    };

    /// <summary>What only Docker itself can do, so not Fargate.</summary>
    public static ContainerDefinition OnDocker(this ContainerDefinition container, BundleService service) => container with
    {
        Hostname = service.Hostname,
        DockerSecurityOptions = [Hardening.NoNewPrivileges],
        LinuxParameters = new LinuxParameters(
            new Capabilities([Hardening.AllCapabilities]), NullIfEmpty(service.Scratch.Select(directory => new Tmpfs(directory, Hardening.ScratchMiB)))),
    };

    public static List<T>? NullIfEmpty<T>(IEnumerable<T> items) => items.ToList() is { Count: > 0 } list ? list : null;
}
