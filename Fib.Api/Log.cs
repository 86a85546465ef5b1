namespace Fib.Api;

internal static partial class Log
{
    [LoggerMessage(3, LogLevel.Information, "Appended {Count} stored indexes that the backlog had lost.")]
    public static partial void Repaired(ILogger logger, int count);

    [LoggerMessage(5, LogLevel.Error, "Entry {EntryId} of {Stream} is a dead letter: {Reason}")]
    public static partial void PutAside(ILogger logger, string entryId, string stream, string reason);

    [LoggerMessage(7, LogLevel.Warning, "Nothing could be appended to {Stream} any more: it was deleted. What is pending is appended again.")]
    public static partial void StreamReset(ILogger logger, string stream);

    [LoggerMessage(8, LogLevel.Warning, "A group of {Stream} stood beyond its last entry, and was set back.")]
    public static partial void GroupRewound(ILogger logger, string stream);
}
