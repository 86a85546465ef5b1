using System.Buffers;

namespace Pipelines.Sockets.Unofficial;

/// <summary>What lies below a connection: a socket or a stream. One receive and one send may be under way at a time.</summary>
internal interface ITransport
{
    /// <summary>Receives some bytes; 0 means the peer has ended.</summary>
    ValueTask<int> ReceiveAsync(Memory<byte> buffer);

    /// <summary>Sends all of <paramref name="data"/>.</summary>
    ValueTask SendAsync(ReadOnlySequence<byte> data);

    /// <summary>Tells the peer that nothing more will come.</summary>
    ValueTask EndSendAsync();

    /// <summary>Ends what is under way and lets go of the resource.</summary>
    /// <param name="loops">Done when neither a receive nor a send will follow.</param>
    void Close(Task loops);
}
