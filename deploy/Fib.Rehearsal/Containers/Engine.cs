using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Fib.LocalSystem.Processes;

namespace Fib.Rehearsal.Containers;

/// <summary>This machine's Docker engine, through the <c>docker</c> command.</summary>
internal static class Engine
{
    /// <summary>The address of this machine on the engine's default bridge, which every container can reach.</summary>
    public static async Task<IPAddress> GetBridgeAddressAsync(CancellationToken cancellationToken)
    {
        const string format = "{{index .Options \"com.docker.network.bridge.name\"}}";
        var bridge = await DockerAsync(cancellationToken, "network", "inspect", "--format", format, "bridge");
        return NetworkInterface.GetAllNetworkInterfaces().Single(network => network.Name == bridge).GetIPProperties().UnicastAddresses
            .Select(unicast => unicast.Address).First(address => address.AddressFamily == AddressFamily.InterNetwork);
    }

    /// <summary>Whether the engine has the image locally.</summary>
    public static async Task<bool> HasImageAsync(string image, CancellationToken cancellationToken) =>
        (await new Command("docker", "image", "inspect", image).TryRunAsync(cancellationToken)).ExitCode == 0;

    /// <summary>The state of one container.</summary>
    public static async Task<ContainerState> InspectAsync(string id, CancellationToken cancellationToken)
    {
        const string format = "{{.State.Pid}} {{.State.Running}} {{.RestartCount}} {{.State.OOMKilled}} " +
            "{{if .State.Health}}{{.State.Health.Status}}{{else}}none{{end}} {{.HostConfig.Memory}} {{.Config.User}}";
        var fields = (await DockerAsync(cancellationToken, "inspect", "--format", format, id)).Split(' ');
        return new ContainerState(
            int.Parse(fields[0], CultureInfo.InvariantCulture),
            bool.Parse(fields[1]),
            int.Parse(fields[2], CultureInfo.InvariantCulture),
            bool.Parse(fields[3]),
            fields[4],
            long.Parse(fields[5], CultureInfo.InvariantCulture),
            fields[6]);
    }

    /// <summary>Kills the container's main process. The engine would not restart a container after <c>docker kill</c>.</summary>
    public static async Task CrashAsync(string id, CancellationToken cancellationToken)
    {
        var state = await InspectAsync(id, cancellationToken);
        await new Command("kill", "-9", state.Pid.ToString(CultureInfo.InvariantCulture)).RunAsync(cancellationToken);
    }

    /// <summary>The last lines of a container's log.</summary>
    public static async Task<string> ReadLogAsync(string id, int lines, CancellationToken cancellationToken)
    {
        var count = lines.ToString(CultureInfo.InvariantCulture);
        return (await new Command("docker", "logs", "--tail", count, id).TryRunAsync(cancellationToken)).Text;
    }

    /// <summary>Runs <c>docker</c> with these arguments.</summary>
    /// <returns>Its standard output.</returns>
    /// <exception cref="CommandFailedException">It failed.</exception>
    public static Task<string> DockerAsync(CancellationToken cancellationToken, params string[] arguments) =>
        new Command("docker", arguments).RunAsync(cancellationToken);
}

/// <summary>A container's state as <c>docker inspect</c> reports it.</summary>
/// <param name="Pid">The main process, in this machine's process numbers.</param>
/// <param name="Running">Whether it runs.</param>
/// <param name="Restarts">How often the restart policy has restarted it.</param>
/// <param name="OutOfMemory">Whether its last run ended because it ran out of memory.</param>
/// <param name="Health">healthy, unhealthy, starting, or none without a health check.</param>
/// <param name="MemoryLimit">In bytes; 0 for none.</param>
/// <param name="User">The user it runs as; empty for root.</param>
internal sealed record ContainerState(
    int Pid, bool Running, int Restarts, bool OutOfMemory, string Health, long MemoryLimit, string User);
