using System.Globalization;

namespace Fib.Core.Sequence;

/// <summary>The n in F(n): a whole number from 0 to <see cref="Limit"/>.</summary>
public readonly record struct SequenceIndex
{
    /// <summary>The highest index that a service can be set to accept: the digits fit into one value of Redis several times.</summary>
    public const int Limit = 100_000_000;

    /// <summary>The default of the highest index that a service accepts.</summary>
    public const int DefaultMaximum = 10_000_000;

    /// <summary>Creates an index.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or above <see cref="Limit"/>.</exception>
    public SequenceIndex(int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Limit);
        Value = value;
    }

    /// <summary>The whole number.</summary>
    public int Value { get; }

    /// <summary>Reads an index as <see cref="ReadNumber"/> does, up to <see cref="Limit"/> at most.</summary>
    public static IndexVerdict Read(ReadOnlySpan<char> text, int maximum, out SequenceIndex index)
    {
        var verdict = ReadNumber(text, Math.Min(maximum, Limit), out var value);
        index = new SequenceIndex(value);
        return verdict;
    }

    /// <summary>
    /// Reads one whole number: ASCII digits, with surrounding blanks (space, tab) and leading zeros removed.
    /// A number above <paramref name="maximum"/> is too high, not malformed, however many digits it has.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="maximum">The largest number that is accepted.</param>
    /// <param name="value">The number; 0 if it is not accepted.</param>
    public static IndexVerdict ReadNumber(ReadOnlySpan<char> text, int maximum, out int value)
    {
        value = 0;
        text = text.Trim(" \t");
        if (text.IsEmpty || text.ContainsAnyExceptInRange('0', '9'))
            return IndexVerdict.NotAWholeNumber;
        text = text.TrimStart('0');
        if (text.IsEmpty)
            return IndexVerdict.Accepted;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > maximum)
            return IndexVerdict.TooHigh;
        value = number;
        return IndexVerdict.Accepted;
    }

    /// <summary>The canonical decimal text of the index.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The result of parsing an index.</summary>
public enum IndexVerdict
{
    /// <summary>One whole number in range.</summary>
    Accepted,

    /// <summary>Not one whole number of 0 or more.</summary>
    NotAWholeNumber,

    /// <summary>A whole number above the configured maximum.</summary>
    TooHigh,
}
