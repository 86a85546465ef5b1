using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Configuration;

namespace Fib.AppHost.Stores;

/// <summary>Finds a container runtime in Aspire's order: the configured one, else Docker, else Podman.</summary>
internal static class ContainerRuntime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    /// <summary>The name of a runtime whose engine answers within five seconds, or null.</summary>
    public static string? Find(IConfiguration configuration)
    {
        var configured = configuration["ASPIRE_CONTAINER_RUNTIME"] ?? configuration["DOTNET_ASPIRE_CONTAINER_RUNTIME"];
        string[] candidates = string.IsNullOrEmpty(configured) ? ["docker", "podman"] : [configured];
        return candidates.FirstOrDefault(Answers);
    }

    private static bool Answers(string program)
    {
        try
        {
            // "info" exits with 0 even if no engine runs; "ps" does not.
            var start = new ProcessStartInfo(program, ["ps", "--quiet"]) { RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start)!;
            process.OutputDataReceived += (_, _) => { };
            process.ErrorDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            if (process.WaitForExit(Deadline))
                return process.ExitCode == 0;
            process.Kill(entireProcessTree: true);
            return false;
        }
        catch (Win32Exception)
        {
            // Not installed.
            return false;
        }
    }
}
