using Yarp.ReverseProxy.Forwarder;

namespace Fib.Gateway;

internal static partial class GatewayLog
{
    /// <summary>One line each, since an outage makes many; YARP's own is a stack trace.</summary>
    [LoggerMessage(LogLevel.Warning, "No answer on route {Route}: {Error}, {Reason}")]
    public static partial void NoAnswer(this ILogger log, string route, ForwarderError error, string? reason);
}
