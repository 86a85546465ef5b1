using System.ComponentModel;
using System.Diagnostics;

namespace Fib.Hosting.ElasticBeanstalk.Deploying;

/// <summary>A program of the app's own that tests what was deployed.</summary>
internal static class SmokeProgram
{
    /// <summary>Runs the program with the address as its only argument; what it writes is shown as it comes.</summary>
    /// <returns>Null where it ends with 0; else what went wrong.</returns>
    public static async Task<string?> RunAsync(string program, string address, CancellationToken cancellationToken)
    {
        try
        {
            using var process = Process.Start(program, [address]);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0 ? null : $"the smoke test of {address} failed";
        }
        catch (Win32Exception missing)
        {
            return $"the smoke test of {address} cannot be run: {missing.Message}";
        }
    }
}
