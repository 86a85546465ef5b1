using System.Buffers;
using System.IO.Pipelines;

namespace Fib.Api.Snapshots;

/// <summary>A part of an answer, serialised once for all who ask.</summary>
internal sealed class TextSnapshot(GrowingText text)
{
    private readonly IReadOnlyList<ReadOnlyMemory<byte>> _pieces = text.Take();
    private int _readers;

    public int Length { get; } = text.Length;

    /// <summary>Whether someone is taking it: only then is it more than memory to be freed.</summary>
    public bool IsRead => Volatile.Read(ref _readers) > 0;

    /// <summary>Writes it at the client's pace; the last piece waits for the caller's flush, with what follows it.</summary>
    public async ValueTask WriteAsync(PipeWriter output, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _readers);
        try
        {
            for (var i = 0; i < _pieces.Count; i++)
            {
                output.Write(_pieces[i].Span);
                if (i < _pieces.Count - 1)
                    await output.FlushAsync(cancellationToken);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _readers);
        }
    }
}
