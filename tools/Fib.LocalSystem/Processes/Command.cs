using System.ComponentModel;
using System.Diagnostics;

namespace Fib.LocalSystem.Processes;

/// <summary>Runs another program to its end.</summary>
/// <param name="Program">Its name or path.</param>
/// <param name="Arguments">Passed as they are, without a shell.</param>
internal sealed record Command(string Program, params string[] Arguments)
{
    /// <summary>Where it runs; by default where this process does.</summary>
    public string Directory { get; init; } = "";

    /// <summary>Variables on top of this process's own; null removes one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Whether it has this process's variables; false: of those, only the ones that every program needs.</summary>
    public bool InheritsEnvironment { get; init; } = true;

    /// <summary>The path of an installed program; null where there is none. Servers may be in /usr/sbin, outside the PATH of a user.</summary>
    public static string? Find(string program) =>
        (System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin")
            .Select(directory => Path.Combine(directory, program)).FirstOrDefault(File.Exists);

    /// <summary>Whether a program is installed.</summary>
    public static bool Exists(string program) => Find(program) is not null;

    /// <summary>What it wrote to standard output, without the last line end.</summary>
    /// <exception cref="CommandFailedException">It could not start, or ended with another code than 0.</exception>
    public async Task<string> RunAsync(CancellationToken cancellationToken = default)
    {
        var ended = await TryRunAsync(cancellationToken);
        return ended.ExitCode == 0 ? ended.Output.TrimEnd() : throw new CommandFailedException($"{this} ended with {ended.ExitCode}: {ended.Error.Trim()}");
    }

    /// <summary>Its exit code and everything it wrote. A cancelled wait ends the program and its children.</summary>
    /// <exception cref="CommandFailedException">It could not start.</exception>
    public async Task<CommandResult> TryRunAsync(CancellationToken cancellationToken = default)
    {
        using var process = Start();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
            return new CommandResult(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>The running program, its output not read yet.</summary>
    /// <exception cref="CommandFailedException">It could not start.</exception>
    public Process Start()
    {
        var start = new ProcessStartInfo(Program, Arguments) { WorkingDirectory = Directory, RedirectStandardOutput = true, RedirectStandardError = true };
        if (!InheritsEnvironment)
            ProcessSpec.SetVariables(start.Environment, []);
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception reason)
        {
            throw new CommandFailedException($"{Program} could not be started: {reason.Message}", reason);
        }
    }

    /// <summary>Without the arguments beyond the second: they may be long, or secret.</summary>
    public override string ToString() => string.Join(' ', [Program, .. Arguments.Take(2)]);
}
