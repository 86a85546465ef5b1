namespace Fib.LocalSystem.Processes;

/// <summary>How a program ended.</summary>
internal sealed record CommandResult(int Code, string Output, string Errors);
