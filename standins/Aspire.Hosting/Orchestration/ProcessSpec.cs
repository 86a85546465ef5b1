namespace Aspire.Hosting.Orchestration;

/// <summary>A process to start: program, arguments, folder, complete environment, the signal that asks it to end, and the user to run as.</summary>
internal sealed record ProcessSpec(string Command, IReadOnlyList<string> Arguments, string WorkingDirectory, IReadOnlyDictionary<string, string> Environment)
{
    public int StopSignal { get; init; } = Signals.Terminate;

    public string? User { get; init; }
}
