using System.Globalization;
using StackExchange.Redis;

namespace Fib.Redis.Streams;

/// <summary>The id of a stream entry as two numbers, which compare as Redis compares ids.</summary>
internal readonly record struct StreamEntryId(ulong Milliseconds, ulong Sequence) : IComparable<StreamEntryId>
{
    /// <summary>Reads <c>milliseconds-sequence</c> or <c>milliseconds</c>, as the server writes it.</summary>
    /// <exception cref="FormatException">It is any other text.</exception>
    public static StreamEntryId Parse(RedisValue id)
    {
        var text = id.ToString();
        var hyphen = text.IndexOf('-', StringComparison.Ordinal);
        return hyphen < 0
            ? new(ParseNumber(text), 0)
            : new(ParseNumber(text.AsSpan(0, hyphen)), ParseNumber(text.AsSpan(hyphen + 1)));
    }

    public int CompareTo(StreamEntryId other) =>
        Milliseconds == other.Milliseconds ? Sequence.CompareTo(other.Sequence) : Milliseconds.CompareTo(other.Milliseconds);

    private static ulong ParseNumber(ReadOnlySpan<char> text) => ulong.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
