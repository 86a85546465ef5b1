namespace Pipelines.Sockets.Unofficial;

/// <summary>The connection no longer carries data. The Redis client takes it for a closed socket when a flush throws it.</summary>
public sealed class ConnectionResetException : IOException
{
    /// <summary>Says what happened, and what caused it if that is known.</summary>
    public ConnectionResetException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
