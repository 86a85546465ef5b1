using Microsoft.Extensions.Logging;

namespace Fib.ServiceDefaults.Background;

internal static partial class Log
{
    [LoggerMessage(102, LogLevel.Error, "{Work} failed and is tried again.")]
    public static partial void Failed(ILogger logger, Exception failure, string work);

    [LoggerMessage(103, LogLevel.Information, "{Work} goes on.")]
    public static partial void Resumed(ILogger logger, string work);
}
