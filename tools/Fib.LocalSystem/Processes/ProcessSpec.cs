namespace Fib.LocalSystem.Processes;

/// <summary>The command line and the environment of a process.</summary>
/// <param name="Name">Its name in the system, such as <c>api-1</c>.</param>
/// <param name="Program">The name or path of the program.</param>
/// <param name="Arguments">The arguments, passed unchanged without a shell.</param>
internal sealed record ProcessSpec(string Name, string Program, params IReadOnlyList<string> Arguments)
{
    /// <summary>The last two are those of <c>./fib test</c>: its processes end too soon for much optimisation.</summary>
    private static readonly string[] Inherited =
    [
        "PATH", "HOME", "TMPDIR", "DOTNET_ROOT", "SystemRoot", "TEMP", "USERPROFILE",
        "DOTNET_TieredPGO", "DOTNET_TC_CallCountingDelayMs",
    ];

    /// <summary>The file to which its output is appended.</summary>
    public required string Log { get; init; }

    /// <summary>The working directory.</summary>
    public string Directory { get; init; } = "/";

    /// <summary>The user; null for the user of this process.</summary>
    public string? User { get; init; }

    /// <summary>The signal that requests a graceful shutdown.</summary>
    public int EndSignal { get; init; } = Signals.Terminate;

    /// <summary>The environment variables besides those that every program needs; the last of repeated names is used.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Variables { get; init; } = [];

    /// <summary>Removes all variables except those that every program needs, and sets the given ones.</summary>
    public static void SetVariables(IDictionary<string, string?> environment, IEnumerable<KeyValuePair<string, string>> variables)
    {
        foreach (var name in environment.Keys.Except(Inherited).ToArray())
            environment.Remove(name);
        foreach (var (name, value) in variables)
            environment[name] = value;
    }
}
