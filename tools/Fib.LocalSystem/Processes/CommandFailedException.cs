namespace Fib.LocalSystem.Processes;

/// <summary>A program did not start or did not succeed; the message has what it said.</summary>
internal sealed class CommandFailedException(string message, Exception? innerException = null) : Exception(message, innerException);
