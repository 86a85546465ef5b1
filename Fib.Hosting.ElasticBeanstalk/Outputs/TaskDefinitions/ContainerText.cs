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
        EntryPoint = NullIfEmpty(service.Entrypoint),
        Command = NullIfEmpty(service.Command.Select(argument => argument.Text!)),
        User = service.User?.ToString(CultureInfo.InvariantCulture),
        HealthCheck = service.Health is { } health
            ? new ContainerHealthCheck(["CMD", .. health.Command], health.Interval, health.Timeout, health.Retries, health.StartPeriod)
            : null,
        ReadonlyRootFilesystem = service.Hardened,
        LinuxParameters = service.Hardened ? new LinuxParameters(Denied(service), null) : null,
        SystemControls = service.Hardened && Hardening.NeedsLowPort(service) ? [new SystemControl(Hardening.LowPortControl, "0")] : null,
    };

    /// <summary>What only Docker itself can do, so not Fargate.</summary>
    public static ContainerDefinition OnDocker(this ContainerDefinition container, BundleService service) => container with
    {
        Hostname = service.Hostname,
        DockerSecurityOptions = service.Hardened ? [Hardening.NoNewPrivileges] : null,
        LinuxParameters = service.Hardened || service.Scratch.Count > 0
            ? new LinuxParameters(Denied(service), NullIfEmpty(service.Scratch.Select(directory => new Tmpfs(directory, Hardening.ScratchMiB))))
            : null,
    };

    private static Capabilities? Denied(BundleService service) => service.Hardened ? new Capabilities([Hardening.AllCapabilities]) : null;

    public static List<T>? NullIfEmpty<T>(IEnumerable<T> items) => items.ToList() is { Count: > 0 } list ? list : null;
}
