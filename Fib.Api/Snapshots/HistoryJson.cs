using System.Buffers.Text;

namespace Fib.Api.Snapshots;

/// <summary>The history as the course application has it: <c>[{"number":7},{"number":8}]</c>.</summary>
internal static class HistoryJson
{
    /// <summary>More than any item takes.</summary>
    public const int MaxItemBytes = 32;

    private static ReadOnlySpan<byte> Name => "{\"number\":"u8;

    /// <summary>Writes an item with what separates it from the one before; returns its length.</summary>
    public static int WriteItem(Span<byte> text, int index, bool isFirst)
    {
        text[0] = isFirst ? (byte)'[' : (byte)',';
        Name.CopyTo(text[1..]);
        Utf8Formatter.TryFormat(index, text[(1 + Name.Length)..], out var digits);
        text[1 + Name.Length + digits] = (byte)'}';
        return Name.Length + digits + 2;
    }
}
