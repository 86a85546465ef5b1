using System.Diagnostics.CodeAnalysis;

namespace Pipelines.Sockets.Unofficial.Arenas;

/// <summary>How an arena behaves; there is one way only.</summary>
[Flags]
[SuppressMessage("Naming", "CA1711", Justification = "The library above refers to it by this name.")]
public enum ArenaFlags
{
    /// <summary>Blocks are cleared and kept or returned on every reset.</summary>
    None = 0,
}
