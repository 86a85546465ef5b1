using System.Diagnostics;

namespace Fib.Tests.Support;

/// <summary>Programs that a test asks for an opinion.</summary>
internal static class Tool
{
    public static bool Exists(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin").Any(directory => File.Exists(Path.Combine(directory, name)));

    /// <summary>Runs it to its end.</summary>
    /// <returns>The exit code, and what it wrote to both outputs.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(string directory, IEnumerable<KeyValuePair<string, string>> variables, string name, params string[] arguments)
    {
        var start = new ProcessStartInfo(name, arguments) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (variable, value) in variables)
            start.Environment[variable] = value;
        using var process = Process.Start(start)!;
        var outputs = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(outputs));
    }
}
