using Fib.Core.Sequence;
using Fib.Redis.Streams;

namespace Fib.Redis.Backlog;

/// <summary>One index to compute: an entry of <see cref="BacklogKeys.Stream"/> or <see cref="BacklogKeys.LargeStream"/>.</summary>
/// <param name="Index">The index to compute.</param>
/// <param name="QueuedAt">The time of the append, to the microsecond; null in an entry of an earlier version.</param>
/// <param name="TraceParent">The W3C trace context of the append, which joins the producer's and the consumer's spans to one trace.</param>
public sealed record BacklogEntry(SequenceIndex Index, DateTimeOffset? QueuedAt, string? TraceParent)
{
    private const string IndexField = "index", QueuedAtField = "queuedAt";

    /// <summary>The entry as stream fields.</summary>
    public IEnumerable<KeyValuePair<string, string>> ToFields()
    {
        yield return new(IndexField, Index.ToString());
        if (QueuedAt is { } queuedAt)
            yield return new(QueuedAtField, StreamFields.WriteTime(queuedAt));
        if (TraceParent is not null)
            yield return new(StreamFields.TraceParent, TraceParent);
    }

    /// <summary>Reads an entry. Returns null if the fields hold no index from 0 to <see cref="SequenceIndex.Limit"/>.</summary>
    public static BacklogEntry? Read(IReadOnlyDictionary<string, string> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        if (SequenceIndex.Read(fields.GetValueOrDefault(IndexField), SequenceIndex.Limit, out var index) != IndexVerdict.Accepted)
            return null;
        var queuedAt = StreamFields.ReadTime(fields.GetValueOrDefault(QueuedAtField));
        return new BacklogEntry(index, queuedAt, fields.GetValueOrDefault(StreamFields.TraceParent));
    }
}
