using System.Net.Sockets;

namespace Pipelines.Sockets.Unofficial;

public sealed partial class SocketConnection
{
    /// <summary>Bytes on their way through a connection.</summary>
    public readonly struct Counters
    {
        internal Counters(Socket socket, Duplex duplex)
        {
            BytesAvailableOnSocket = Available(socket);
            BytesWaitingToBeRead = Math.Max(0, duplex.Status.BytesReceived - duplex.Input.Consumed);
            BytesWaitingToBeSent = Math.Max(0, duplex.Output.Written - duplex.Status.BytesSent);
        }

        /// <summary>Received by the operating system only; -1 if it can't tell any more.</summary>
        public long BytesAvailableOnSocket { get; }

        /// <summary>Received, but not yet consumed.</summary>
        public long BytesWaitingToBeRead { get; }

        /// <summary>Written, but not yet handed to the operating system.</summary>
        public long BytesWaitingToBeSent { get; }

        private static long Available(Socket socket)
        {
            try
            {
                return socket.Available;
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return -1;
            }
        }
    }
}
