namespace Pipelines.Sockets.Unofficial.Arenas;

/// <summary>The settings of an <see cref="Arena{T}"/>.</summary>
public sealed class ArenaOptions
{
    private const int DefaultBlockSizeBytes = 32 * 1024;

    /// <summary>Makes settings; without arguments, the defaults.</summary>
    /// <param name="flags">Either value; they come to the same.</param>
    /// <param name="blockSizeBytes">Least size of a block in bytes; 0 means 32 KiB.</param>
    /// <param name="retentionPolicy">Null: how much is kept over a reset is fixed here.</param>
    /// <exception cref="NotSupportedException">A retention policy was given.</exception>
    public ArenaOptions(
        ArenaFlags flags = ArenaFlags.BlittableNonPaddedSharing,
        int blockSizeBytes = 0,
        Func<long, long, long>? retentionPolicy = null)
    {
        if (!Enum.IsDefined(flags)) throw new ArgumentOutOfRangeException(nameof(flags));
        ArgumentOutOfRangeException.ThrowIfNegative(blockSizeBytes);
        if (retentionPolicy is not null) throw new NotSupportedException("A retention policy is not supported.");
        BlockSizeBytes = blockSizeBytes == 0 ? DefaultBlockSizeBytes : blockSizeBytes;
    }

    internal static ArenaOptions Default { get; } = new();

    internal int BlockSizeBytes { get; }
}
