using System.Globalization;
using Fib.Core.Sequence;

namespace Fib.Redis.Backlog;

/// <summary>An entry that was given up, as it is kept on <see cref="BacklogKeys.DeadLetters"/>.</summary>
/// <param name="Index">Its index; null where it could not be read.</param>
/// <param name="Reason">Why it was given up.</param>
/// <param name="Deliveries">To how many consumers it had been given.</param>
/// <param name="Stream">Where it came from.</param>
/// <param name="Entry">What it said, shortened where it is long.</param>
public sealed record DeadLetter(SequenceIndex? Index, string Reason, long Deliveries, string Stream, string Entry)
{
    /// <summary>So many consumers are given an entry before it is given up.</summary>
    public const int MaxDeliveries = 5;

    private const int MaxEntryLength = 1_000;

    /// <summary>A dead letter about an entry that cannot be read, or cannot be handled.</summary>
    public static DeadLetter About(IReadOnlyDictionary<string, string> fields, SequenceIndex? index, string reason, long deliveries, string stream)
    {
        var entry = string.Join(' ', fields.Select(field => $"{field.Key}={field.Value}"));
        return new(index, reason, deliveries, stream, entry.Length <= MaxEntryLength ? entry : entry[..MaxEntryLength]);
    }

    /// <summary>The letter as stream fields.</summary>
    public IEnumerable<KeyValuePair<string, string>> ToFields() =>
    [
        new("index", Index?.ToString() ?? ""),
        new("reason", Reason),
        new("deliveries", Deliveries.ToString(CultureInfo.InvariantCulture)),
        new("stream", Stream),
        new("entry", Entry),
    ];

    /// <summary>The index that a letter on the stream is about, or null where it is about none.</summary>
    public static SequenceIndex? ReadIndex(IReadOnlyDictionary<string, string> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return SequenceIndex.Read(fields.GetValueOrDefault("index"), SequenceIndex.Limit, out var index) == IndexVerdict.Accepted ? index : null;
    }
}
