using Microsoft.Extensions.Logging;

namespace Fib.Redis.Connection;

internal static partial class Log
{
    [LoggerMessage(201, LogLevel.Warning, "Redis is a replica: its name is looked up and connected to anew.")]
    public static partial void IsReplica(ILogger logger);
}
