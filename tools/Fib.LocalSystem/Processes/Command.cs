using System.ComponentModel;
using System.Diagnostics;

namespace Fib.LocalSystem.Processes;

/// <summary>A command line, run without a shell.</summary>
/// <param name="Program">The name or path of the program.</param>
/// <param name="Arguments">The arguments, passed unchanged.</param>
internal sealed record Command(string Program, params string[] Arguments)
{
    /// <summary>The working directory; by default that of this process.</summary>
    public string Directory { get; init; } = "";

    /// <summary>Additional environment variables; a null value removes one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Whether it inherits all environment variables; false for only those that every program needs.</summary>
    public bool InheritsEnvironment { get; init; } = true;

    /// <summary>The path of a program; null if it is not installed. Also searches /usr/sbin, which a user's PATH may lack.</summary>
    public static string? Find(string program) =>
        (System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin")
            .Select(directory => Path.Combine(directory, program)).FirstOrDefault(File.Exists);

    /// <summary>Whether a program is installed.</summary>
    public static bool Exists(string program) => Find(program) is not null;

    /// <summary>Runs the program to its end.</summary>
    /// <returns>Its standard output, without trailing white space.</returns>
    /// <exception cref="CommandFailedException">It could not start, or its exit code was not 0.</exception>
    public async Task<string> RunAsync(CancellationToken cancellationToken = default)
    {
        var result = await TryRunAsync(cancellationToken);
        return result.ExitCode == 0
            ? result.Output.TrimEnd()
            : throw new CommandFailedException($"{this} exited with code {result.ExitCode}: {result.Error.Trim()}");
    }

    /// <summary>Runs the program to its end, whatever its exit code. A cancellation kills the program and its children.</summary>
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

    /// <summary>Starts the program; its output is redirected.</summary>
    /// <exception cref="CommandFailedException">It could not start.</exception>
    public Process Start()
    {
        var start = new ProcessStartInfo(Program, Arguments)
        {
            WorkingDirectory = Directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (!InheritsEnvironment)
            ProcessSpec.SetVariables(start.Environment, []);
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new CommandFailedException($"{Program} could not be started: {exception.Message}", exception);
        }
    }

    /// <summary>The program and its first two arguments: the others may be long, or secret.</summary>
    public override string ToString() => string.Join(' ', [Program, .. Arguments.Take(2)]);
}

/// <summary>The result of a program that has ended.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>Standard output, then standard error.</summary>
    public string Text => Output + Error;
}

/// <summary>A program could not start, or it failed; the message includes its error output.</summary>
internal sealed class CommandFailedException(string message, Exception? innerException = null) : Exception(message, innerException);
