using System.Net;
using System.Net.Sockets;

namespace Fib.LocalSystem.Processes;

/// <summary>Ports for servers that come back on the same one.</summary>
internal static class FreePort
{
    // Below the ports that Linux gives to outgoing connections: while its server is away, a port must stay free.
    private const int First = 10_000;
    private const int Last = 32_000;

    /// <summary>A port on which nobody listens.</summary>
    public static int Find(IPAddress address)
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Last);
            using var listener = new TcpListener(address, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody listens there.
            }
        }
    }
}
