namespace Fib.Rehearsal.Checks;

/// <summary>A check saw something else than it should; the message says what.</summary>
internal sealed class CheckFailedException(string message) : Exception(message);
