namespace Fib.LocalSystem.Processes;

/// <summary>How a program ended.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>Everything it wrote: standard output, then standard error.</summary>
    public string Text => Output + Error;
}
