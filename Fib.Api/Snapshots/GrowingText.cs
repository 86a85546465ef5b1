namespace Fib.Api.Snapshots;

/// <summary>
/// Bytes that are only ever appended to, in pieces too small for the large object heap. What was taken of it earlier stays
/// as it was and shares the pieces. One writer; any number of readers of what was taken.
/// </summary>
internal sealed class GrowingText
{
    private const int PieceBytes = 64 * 1024;

    private readonly List<byte[]> _pieces = [];

    public int Length { get; private set; }

    public void Append(ReadOnlySpan<byte> text)
    {
        while (text.Length > 0)
        {
            var used = Length % PieceBytes;
            if (used == 0)
                _pieces.Add(GC.AllocateUninitializedArray<byte>(PieceBytes));
            var taken = Math.Min(text.Length, PieceBytes - used);
            text[..taken].CopyTo(_pieces[^1].AsSpan(used));
            Length += taken;
            text = text[taken..];
        }
    }

    /// <summary>What is there now.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Take()
    {
        var taken = new ReadOnlyMemory<byte>[_pieces.Count];
        for (var i = 0; i < taken.Length; i++)
            taken[i] = _pieces[i].AsMemory(0, Math.Min(PieceBytes, Length - (i * PieceBytes)));
        return taken;
    }
}
