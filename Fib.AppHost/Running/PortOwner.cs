using System.Diagnostics;
using System.Globalization;
using System.Net.NetworkInformation;
using System.Text.RegularExpressions;

namespace Fib.AppHost.Running;

/// <summary>Finds the process that listens on a port.</summary>
internal static partial class PortOwner
{
    /// <summary>Whether any process listens on the TCP port.</summary>
    public static bool IsInUse(int port) =>
        IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(listener => listener.Port == port);

    /// <summary>Checks that a port is free.</summary>
    /// <exception cref="DistributedApplicationException">The port is in use; the message has the process, if known, and the
    /// remedy.</exception>
    public static void ThrowIfInUse(int port)
    {
        if (port != 0 && IsInUse(port))
            throw new DistributedApplicationException(
                $"Port {port} is in use by {Describe(port)}: stop it, or choose another port with --port " +
                "(for a second system also another folder with --data).");
    }

    /// <summary>Such as <c>dotnet (process 123)</c>.</summary>
    private static string Describe(int port)
    {
        try
        {
            var filter = string.Create(CultureInfo.InvariantCulture, $"sport = :{port}");
            var start = new ProcessStartInfo("ss", ["-Hltnp", filter]) { RedirectStandardOutput = true, RedirectStandardError = true };
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
