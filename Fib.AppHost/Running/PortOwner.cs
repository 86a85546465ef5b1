using System.Diagnostics;
using System.Globalization;
using System.Net.NetworkInformation;
using System.Text.RegularExpressions;

namespace Fib.AppHost.Running;

/// <summary>Says which process listens on a port of this machine.</summary>
internal static partial class PortOwner
{
    /// <summary>Whether any process listens on the TCP port.</summary>
    public static bool IsTaken(int port) => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(listener => listener.Port == port);

    /// <summary>Refuses a port on which another process listens.</summary>
    /// <exception cref="DistributedApplicationException">It is taken; the message names the process, where it is known, and the way out.</exception>
    public static void RefuseTaken(int port)
    {
        if (port != 0 && IsTaken(port))
            throw new DistributedApplicationException($"Port {port} is in use by {Describe(port)}: stop it, or choose another port with --port.");
    }

    /// <summary>Such as <c>dotnet (process 123)</c>.</summary>
    private static string Describe(int port)
    {
        try
        {
            var start = new ProcessStartInfo("ss", ["-Hltnp", string.Create(CultureInfo.InvariantCulture, $"sport = :{port}")]) { RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start)!;
            var match = Users.Match(process.StandardOutput.ReadToEnd());
            return match.Success ? $"{match.Groups["name"].Value} (process {match.Groups["id"].Value})" : "another process";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "another process";
        }
    }

    [GeneratedRegex("""\(\("(?<name>[^"]*)",pid=(?<id>\d+)""")]
    private static partial Regex Users { get; }
}
