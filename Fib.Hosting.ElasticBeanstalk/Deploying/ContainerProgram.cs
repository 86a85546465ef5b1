#pragma warning disable ASPIRECONTAINERRUNTIME001 // Marked experimental in Aspire 13.6.
using System.ComponentModel;
using System.Diagnostics;
using Aspire.Hosting.Publishing;

namespace Fib.Hosting.ElasticBeanstalk.Deploying;

/// <summary>Runs the program of a container runtime: docker or podman.</summary>
internal static class ContainerProgram
{
    /// <returns>The output; or null and the reason, in one line.</returns>
    public static async Task<(string? Output, string Reason)> RunAsync(
        IContainerRuntime runtime, CancellationToken cancellationToken, params string[] arguments)
    {
        var program = runtime.Name.ToLowerInvariant();
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            var lines = (await errors).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0 ? (output.Trim(), "") : (null, lines.LastOrDefault() ?? $"exit code {process.ExitCode}");
        }
        catch (Win32Exception)
        {
            return (null, $"the program {program} is not installed");
        }
    }
}
