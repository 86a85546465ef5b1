using System.Buffers;
using System.IO.Pipelines;

namespace Fib.Api.Listings;

/// <summary>
/// An append-only byte buffer in chunks that are too small for the large object heap. A snapshot stays unchanged and shares the
/// chunks. One writer; any number of readers of snapshots.
/// </summary>
internal sealed class ChunkedBuffer
{
    private const int ChunkBytes = 64 * 1024;

    private readonly List<byte[]> _chunks = [];

    public int Length { get; private set; }

    public void Append(ReadOnlySpan<byte> text)
    {
        while (text.Length > 0)
        {
            var used = Length % ChunkBytes;
            if (used == 0)
                _chunks.Add(GC.AllocateUninitializedArray<byte>(ChunkBytes));
            var taken = Math.Min(text.Length, ChunkBytes - used);
            text[..taken].CopyTo(_chunks[^1].AsSpan(used));
            Length += taken;
            text = text[taken..];
        }
    }

    /// <summary>The current content.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Take()
    {
        var taken = new ReadOnlyMemory<byte>[_chunks.Count];
        for (var i = 0; i < taken.Length; i++)
            taken[i] = _chunks[i].AsMemory(0, Math.Min(ChunkBytes, Length - (i * ChunkBytes)));
        return taken;
    }
}

/// <summary>The content of a buffer at one time, shared by all responses that send it.</summary>
internal sealed class TextSnapshot(ChunkedBuffer text)
{
    private readonly IReadOnlyList<ReadOnlyMemory<byte>> _chunks = text.Take();
    private int _readers;

    public int Length { get; } = text.Length;

    /// <summary>Whether a response is sending it; otherwise its memory can be freed.</summary>
    public bool IsRead => Volatile.Read(ref _readers) > 0;

    /// <summary>Writes the text at the client's pace. The caller flushes the last chunk together with what follows it.</summary>
    public async ValueTask WriteAsync(PipeWriter output, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _readers);
        try
        {
            for (var i = 0; i < _chunks.Count; i++)
            {
                output.Write(_chunks[i].Span);
                if (i < _chunks.Count - 1)
                    await output.FlushAsync(cancellationToken);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _readers);
        }
    }
}
