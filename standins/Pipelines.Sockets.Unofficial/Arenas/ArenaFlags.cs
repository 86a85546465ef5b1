using System.Diagnostics.CodeAnalysis;

namespace Pipelines.Sockets.Unofficial.Arenas;

/// <summary>How an arena behaves. Callers compile the numbers in, so they never change.</summary>
[Flags]
[SuppressMessage("Naming", "CA1711", Justification = "The library above refers to it by this name.")]
public enum ArenaFlags
{
    /// <summary>The plain way.</summary>
    None = 0,

    /// <summary>Allows element types without references to share memory, which a single-typed arena has no use for.</summary>
    BlittableNonPaddedSharing = 16,
}
