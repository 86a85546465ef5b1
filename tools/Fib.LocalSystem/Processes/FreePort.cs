using System.Net;
using System.Net.Sockets;

namespace Fib.LocalSystem.Processes;

/// <summary>Finds ports for servers that restart on the same port.</summary>
internal static class FreePort
{
    // Below the range of Linux for outgoing connections: a port must stay free while its server is down.
    private const int First = 10_000;
    private const int Last = 32_000;

    /// <summary>A port of an address on which no process listens.</summary>
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
                // The port is in use.
            }
        }
    }
}
