namespace Fib.Worker;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Reads {Stream}.")]
    public static partial void Started(ILogger logger, string stream);

    [LoggerMessage(3, LogLevel.Error, "Entry {EntryId} of {Stream} is a dead letter: {Reason}")]
    public static partial void DeadLettered(ILogger logger, string entryId, string stream, string reason);

    [LoggerMessage(4, LogLevel.Warning, "Index {Index} failed: {Reason}")]
    public static partial void Failed(ILogger logger, int index, string reason);

    [LoggerMessage(5, LogLevel.Critical, "The term of index {Index} failed its verification and was computed again on the proven path.")]
    public static partial void Recomputed(ILogger logger, int index);
}
