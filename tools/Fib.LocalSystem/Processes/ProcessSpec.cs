namespace Fib.LocalSystem.Processes;

/// <summary>How a process is started, every time.</summary>
/// <param name="Name">What the system calls it, such as <c>api-1</c>.</param>
/// <param name="Program">Its name or path.</param>
/// <param name="Arguments">Passed as they are, without a shell.</param>
internal sealed record ProcessSpec(string Name, string Program, params IReadOnlyList<string> Arguments)
{
    private static readonly string[] Inherited = ["PATH", "HOME", "TMPDIR", "DOTNET_ROOT", "SystemRoot", "TEMP", "USERPROFILE"];

    /// <summary>The file to which it appends what it writes.</summary>
    public required string Log { get; init; }

    /// <summary>Where it runs.</summary>
    public string Directory { get; init; } = "/";

    /// <summary>As whom it runs; null for this process's user.</summary>
    public string? User { get; init; }

    /// <summary>The signal that asks it to end.</summary>
    public int EndSignal { get; init; } = Signals.Terminate;

    /// <summary>Its variables, beside those that every program needs; of repeated names the last counts.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Variables { get; init; } = [];

    /// <summary>Leaves only these variables and those that every program needs.</summary>
    public static void SetVariables(IDictionary<string, string?> environment, IEnumerable<KeyValuePair<string, string>> variables)
    {
        foreach (var name in environment.Keys.Except(Inherited).ToArray())
            environment.Remove(name);
        foreach (var (name, value) in variables)
            environment[name] = value;
    }
}
