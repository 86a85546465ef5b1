namespace Aspire.Hosting.ApplicationModel;

/// <summary>The states resources are in.</summary>
public static class KnownResourceStates
{
    /// <summary>Ended with an error, or stopped.</summary>
    public static readonly string Exited = nameof(Exited);

    /// <summary>Never got to run.</summary>
    public static readonly string FailedToStart = nameof(FailedToStart);

    /// <summary>Ended by itself without an error.</summary>
    public static readonly string Finished = nameof(Finished);

    /// <summary>Not asked to start yet.</summary>
    public static readonly string NotStarted = nameof(NotStarted);

    /// <summary>Runs.</summary>
    public static readonly string Running = nameof(Running);

    /// <summary>About to run.</summary>
    public static readonly string Starting = nameof(Starting);

    /// <summary>About to end.</summary>
    public static readonly string Stopping = nameof(Stopping);

    /// <summary>Waits for others.</summary>
    public static readonly string Waiting = nameof(Waiting);

    /// <summary>The states nothing happens in any more.</summary>
    public static readonly IReadOnlyList<string> TerminalStates = [Finished, FailedToStart, Exited];
}
