namespace Pipelines.Sockets.Unofficial;

/// <summary>How a <see cref="SocketConnection"/> works; there is one way only.</summary>
[Flags]
public enum SocketConnectionOptions
{
    /// <summary>The one way.</summary>
    None = 0,
}
