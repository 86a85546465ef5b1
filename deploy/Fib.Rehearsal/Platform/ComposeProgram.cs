using Fib.LocalSystem.Processes;

namespace Fib.Rehearsal.Platform;

/// <summary>The installed program that runs compose files: the plugin of the Docker CLI or, without it, <c>docker-compose</c>.</summary>
/// <param name="Version">Its generation.</param>
/// <param name="CommandLine">The program, and the arguments before those of compose.</param>
internal sealed record ComposeProgram(ComposeVersion Version, IReadOnlyList<string> CommandLine)
{
    private static readonly string[][] CommandLines = [["docker", "compose"], ["docker-compose"]];
    private static readonly Lazy<Task<ComposeProgram?>> Installed = new(FindInstalledAsync);

    /// <summary>The installed program, or null.</summary>
    public static Task<ComposeProgram?> FindAsync() => Installed.Value;

    /// <summary>The installed program.</summary>
    /// <exception cref="CommandFailedException">There is none.</exception>
    public static async Task<ComposeProgram> GetAsync() => await FindAsync()
        ?? throw new CommandFailedException("neither the plugin 'docker compose' nor docker-compose is installed");

    /// <summary>A command of compose.</summary>
    public Command Command(params string[] arguments) => new(CommandLine[0], [.. CommandLine.Skip(1), .. arguments]);

    private static async Task<ComposeProgram?> FindInstalledAsync()
    {
        foreach (var line in CommandLines)
        {
            var program = new ComposeProgram(ComposeVersion.V2, line);
            try
            {
                var version = await program.Command("version", "--short").RunAsync();
                return version.StartsWith("1.", StringComparison.Ordinal) ? program with { Version = ComposeVersion.V1 } : program;
            }
            catch (CommandFailedException)
            {
                // The next one.
            }
        }

        return null;
    }
}

/// <summary>The Compose versions of Beanstalk's platforms, which write <c>.env</c> differently for each.</summary>
internal enum ComposeVersion
{
    /// <summary>docker-compose 1.x (Amazon Linux 2 before July 2023): values are written unchanged.</summary>
    V1,

    /// <summary>Compose 2 and later, which expands variables in values: each literal <c>$</c> is written as <c>$$</c>.</summary>
    V2,
}
