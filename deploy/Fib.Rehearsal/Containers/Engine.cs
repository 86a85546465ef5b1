using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Fib.LocalSystem.Processes;

namespace Fib.Rehearsal.Containers;

/// <summary>The Docker engine of this machine, through its command line.</summary>
internal static class Engine
{
    /// <summary>The address of this machine that every container can reach: that of the engine's own bridge.</summary>
    public static async Task<IPAddress> GetBridgeAddressAsync(CancellationToken cancellationToken)
    {
        var bridge = await DockerAsync(cancellationToken, "network", "inspect", "--format", "{{index .Options \"com.docker.network.bridge.name\"}}", "bridge");
        return NetworkInterface.GetAllNetworkInterfaces().Single(network => network.Name == bridge).GetIPProperties().UnicastAddresses
            .Select(unicast => unicast.Address).First(address => address.AddressFamily == AddressFamily.InterNetwork);
    }

    /// <summary>Whether the engine has the image already.</summary>
    public static async Task<bool> HasImageAsync(string image, CancellationToken cancellationToken) =>
        (await new Command("docker", "image", "inspect", image).TryRunAsync(cancellationToken)).ExitCode == 0;

    /// <summary>The state of one container.</summary>
    public static async Task<ContainerState> InspectAsync(string id, CancellationToken cancellationToken)
    {
        const string format = "{{.State.Pid}} {{.State.Running}} {{.RestartCount}} {{.State.OOMKilled}} {{if .State.Health}}{{.State.Health.Status}}{{else}}none{{end}} {{.HostConfig.Memory}} {{.Config.User}}";
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

    /// <summary>Kills the container's first process as a crash would. Not <c>docker kill</c>: to the engine that is an operator's wish, and it restarts nothing.</summary>
    public static async Task CrashAsync(string id, CancellationToken cancellationToken)
    {
        var state = await InspectAsync(id, cancellationToken);
        await new Command("kill", "-9", state.Pid.ToString(CultureInfo.InvariantCulture)).RunAsync(cancellationToken);
    }

    /// <summary>The last lines that a container wrote.</summary>
    public static async Task<string> ReadLogAsync(string id, int lines, CancellationToken cancellationToken)
    {
        var log = await new Command("docker", "logs", "--tail", lines.ToString(CultureInfo.InvariantCulture), id).TryRunAsync(cancellationToken);
        return log.Text;
    }

    /// <summary>Runs <c>docker</c> with these arguments.</summary>
    /// <exception cref="CommandFailedException">It failed.</exception>
    public static Task<string> DockerAsync(CancellationToken cancellationToken, params string[] arguments) => new Command("docker", arguments).RunAsync(cancellationToken);
}
