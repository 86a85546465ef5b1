using System.Globalization;
using Fib.Core.Sequence;

namespace Fib.Redis.Backlog;

/// <summary>An entry that cannot be handled, as it is kept on <see cref="BacklogKeys.DeadLetters"/>.</summary>
/// <param name="Index">Its index; null if it could not be read.</param>
/// <param name="Reason">Why it was dead-lettered.</param>
/// <param name="Deliveries">How often it was delivered.</param>
/// <param name="Stream">The stream that it was on.</param>
/// <param name="Entry">Its fields as text, at most 1,000 characters.</param>
public sealed record DeadLetter(SequenceIndex? Index, string Reason, long Deliveries, string Stream, string Entry)
{
    /// <summary>The number of deliveries after which an entry is dead-lettered.</summary>
    public const int MaxDeliveries = 5;

    private const int MaxEntryLength = 1_000;

    /// <summary>Creates the dead letter of an entry that cannot be read or handled.</summary>
    public static DeadLetter Create(
        IReadOnlyDictionary<string, string> fields, SequenceIndex? index, string reason, long deliveries, string stream)
    {
        var entry = string.Join(' ', fields.Select(field => $"{field.Key}={field.Value}"));
        return new(index, reason, deliveries, stream, entry.Length <= MaxEntryLength ? entry : entry[..MaxEntryLength]);
    }

    /// <summary>The dead letter as stream fields.</summary>
    public IEnumerable<KeyValuePair<string, string>> ToFields() =>
    [
        new("index", Index?.ToString() ?? ""),
        new("reason", Reason),
        new("deliveries", Deliveries.ToString(CultureInfo.InvariantCulture)),
        new("stream", Stream),
        new("entry", Entry),
    ];

    /// <summary>The index of a dead letter on the stream, or null if it has none.</summary>
    public static SequenceIndex? ReadIndex(IReadOnlyDictionary<string, string> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return SequenceIndex.Read(fields.GetValueOrDefault("index"), SequenceIndex.Limit, out var index) == IndexVerdict.Accepted
            ? index
            : null;
    }
}
