namespace Pipelines.Sockets.Unofficial;

/// <summary>What ended a connection first. Callers compile the numbers in, so they never change.</summary>
public enum PipeShutdownKind
{
    /// <summary>Nothing has.</summary>
    None = 0,

    /// <summary>This side disposed the connection.</summary>
    PipeDisposed = 1,

    /// <summary>The peer closed its side.</summary>
    ReadEndOfStream = 100,

    /// <summary>Receiving failed, not in the socket itself.</summary>
    ReadException = 103,

    /// <summary>The socket failed while receiving.</summary>
    ReadSocketError = 104,

    /// <summary>This side completed its reader.</summary>
    ReadFlushCompleted = 105,

    /// <summary>This side completed its writer, and all it had written was sent.</summary>
    WriteEndOfStream = 200,

    /// <summary>Sending failed, not in the socket itself.</summary>
    WriteException = 204,

    /// <summary>The socket failed while sending.</summary>
    WriteSocketError = 205,

    /// <summary>The client said goodbye in the protocol spoken.</summary>
    ProtocolExitClient = 400,
}
