using Pipelines.Sockets.Unofficial;

namespace StandIns.Tests.Support;

internal static class ClientShutdown
{
    /// <summary>The order in which StackExchange.Redis ends a connection.</summary>
    internal static void ShutDownLikeTheClient(this SocketConnection connection)
    {
        connection.Input.CancelPendingRead();
        connection.Input.Complete();
        connection.Output.CancelPendingFlush();
        connection.Output.Complete();
        connection.Dispose();
    }
}
