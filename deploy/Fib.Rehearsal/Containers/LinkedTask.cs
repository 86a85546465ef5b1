using System.Globalization;
using Fib.Rehearsal.Platform;
using Fib.LocalSystem.Processes;

namespace Fib.Rehearsal.Containers;

/// <summary>
/// The containers of a Dockerrun.aws.json, run as the ECS agent does in bridge mode: legacy links on the default network, every environment
/// property in every container.
/// </summary>
/// <param name="dockerrun">The task.</param>
/// <param name="properties">The environment properties.</param>
/// <param name="logs">A directory with one log directory per container.</param>
/// <param name="authority">PEM file of the certificate authority that the containers trust.</param>
internal sealed class LinkedTask(
    Dockerrun dockerrun, IReadOnlyDictionary<string, string> properties, string logs, string authority) : IDeployment
{
    private const string Prefix = "fib-rehearsal-links-";

    /// <summary>The names of the log volumes that the platform defines, one per container.</summary>
    private const string LogVolume = "awseb-logs-";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var definition in dockerrun.InOrder())
        {
            var healthy = definition.DependsOn.Where(dependency => dependency.Condition == "HEALTHY")
                .Select(dependency => dependency.ContainerName);
            await WaitHealthyAsync(dockerrun.ContainerDefinitions.Where(other => healthy.Contains(other.Name)), cancellationToken);
            string[] run = ["run", "--detach", "--restart", "always", "--name", Prefix + definition.Name];
            await Engine.DockerAsync(cancellationToken, [.. run, .. Options(definition), definition.Image, .. definition.Command]);
        }

        await WaitHealthyAsync(dockerrun.ContainerDefinitions, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Container>> ListAsync(CancellationToken cancellationToken)
    {
        var names = await Engine.DockerAsync(cancellationToken, "ps", "--all", "--filter", $"name=^/{Prefix}", "--format", "{{.Names}}");
        // A link is listed as a further name, "nginx/server"; the container's own name has no slash.
        return [.. names.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(',').First(name => !name.Contains('/', StringComparison.Ordinal)))
            .Select(name => new Container(name[Prefix.Length..], name)).OrderBy(container => container.Service, StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var deadline = new CancellationTokenSource(StopTimeout);
        foreach (var container in await ListAsync(deadline.Token))
            await Engine.DockerAsync(deadline.Token, "rm", "--force", "--volumes", container.Id);
    }

    private IEnumerable<string> Options(ContainerDefinition definition) =>
    [
        "--memory", string.Create(CultureInfo.InvariantCulture, $"{definition.Memory}m"),
        .. Option("--hostname", definition.Hostname),
        .. Option("--user", definition.User),
        .. definition.Links.SelectMany(link =>
            Option("--link", Prefix + (link.Contains(':', StringComparison.Ordinal) ? link : $"{link}:{link}"))),
        .. definition.PortMappings.SelectMany(port =>
            Option("--publish", string.Create(CultureInfo.InvariantCulture, $"{port.HostPort}:{port.ContainerPort}"))),
        .. properties.SelectMany(property => Option("--env", $"{property.Key}={property.Value}")),
        .. definition.Environment.SelectMany(variable => Option("--env", $"{variable.Name}={variable.Value}")),
        .. Option("--volume", $"{authority}:{TestCertificateAuthority.TrustedPath}:ro"),
        .. definition.MountPoints.SelectMany(mount =>
            Option("--volume", $"{DirectoryOf(mount)}:{mount.ContainerPath}{(mount.ReadOnly ? ":ro" : "")}")),
        .. definition.DockerSecurityOptions.SelectMany(option => Option("--security-opt", option)),
        .. definition.SystemControls.SelectMany(control => Option("--sysctl", $"{control.Namespace}={control.Value}")),
        .. definition.LinuxParameters?.Capabilities?.Drop?.SelectMany(capability => Option("--cap-drop", capability)) ?? [],
        .. definition.LinuxParameters?.Tmpfs?.SelectMany(TmpfsOption) ?? [],
        .. definition.ReadonlyRootFilesystem ? ["--read-only"] : Array.Empty<string>(),
    ];

    private static string[] Option(string name, string? value) => value is { Length: > 0 } ? [name, value] : [];

    private static string[] TmpfsOption(Tmpfs tmpfs)
    {
        string[] options = [string.Create(CultureInfo.InvariantCulture, $"size={tmpfs.Size}m"), .. tmpfs.MountOptions ?? []];
        return ["--tmpfs", $"{tmpfs.ContainerPath}:{string.Join(',', options)}"];
    }

    /// <summary>
    /// Runs the health checks with <c>docker exec</c>: <c>docker run --health-cmd</c> needs a shell, which these images do not have.
    /// </summary>
    private static async Task WaitHealthyAsync(IEnumerable<ContainerDefinition> definitions, CancellationToken cancellationToken)
    {
        foreach (var definition in definitions.Where(definition => definition.HealthCheck is not null))
        {
            var check = new Command("docker", ["exec", Prefix + definition.Name, .. definition.HealthCheck!.Command.Skip(1)]);
            await Eventually.HoldsAsync($"{definition.Name} is healthy", async token =>
                (await check.TryRunAsync(token)).ExitCode == 0, StartTimeout, cancellationToken);
        }
    }

    private string DirectoryOf(MountPoint mount) => mount.SourceVolume.StartsWith(LogVolume, StringComparison.Ordinal)
        ? Path.Combine(logs, mount.SourceVolume[LogVolume.Length..])
        : dockerrun.Volumes?.FirstOrDefault(volume => volume.Name == mount.SourceVolume)?.Host?.SourcePath
            ?? throw new InvalidDataException($"the task has no volume '{mount.SourceVolume}'");
}
