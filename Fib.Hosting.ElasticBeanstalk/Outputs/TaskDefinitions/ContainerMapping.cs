using System.Globalization;
using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Outputs.TaskDefinitions;

/// <summary>Maps a service to a container definition; the common part of all ECS outputs.</summary>
internal static class ContainerMapping
{
    public static ContainerDefinition FromService(BundleService service) => new()
    {
        Name = service.Name,
        Image = service.Image.ToString(),
        Essential = true,
        EntryPoint = NullIfEmpty(service.Entrypoint),
        Command = NullIfEmpty(service.Command.Select(argument => argument.Text!)),
        User = service.User?.ToString(CultureInfo.InvariantCulture),
        HealthCheck = service.Health is { } health
            ? new ContainerHealthCheck(
                ["CMD", .. health.Command], HealthCheck.Interval, HealthCheck.Timeout, HealthCheck.Retries, HealthCheck.StartPeriod)
            : null,
        ReadonlyRootFilesystem = service.Hardened,
        LinuxParameters = service.Hardened ? new LinuxParameters(DroppedCapabilities(service), null) : null,
        SystemControls = service.Hardened && Hardening.ListensOnLowPort(service) ? [new SystemControl(Hardening.LowPortSysctl, "0")] : null,
    };

    /// <summary>Adds the options that Docker supports and Fargate does not.</summary>
    public static ContainerDefinition WithDockerOptions(this ContainerDefinition container, BundleService service) => container with
    {
        DockerSecurityOptions = service.Hardened ? [Hardening.NoNewPrivileges] : null,
        LinuxParameters = service.Hardened || service.Scratch.Count > 0
            ? new LinuxParameters(
                DroppedCapabilities(service), NullIfEmpty(service.Scratch.Select(directory => new Tmpfs(directory, Hardening.ScratchMiB))))
            : null,
    };

    private static Capabilities? DroppedCapabilities(BundleService service) =>
        service.Hardened ? new Capabilities([Hardening.AllCapabilities]) : null;

    public static List<T>? NullIfEmpty<T>(IEnumerable<T> items) => items.ToList() is { Count: > 0 } list ? list : null;
}
