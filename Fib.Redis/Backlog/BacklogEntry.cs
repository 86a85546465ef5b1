using Fib.Core.Sequence;

namespace Fib.Redis.Backlog;

/// <summary>One index to compute, as it travels on <see cref="BacklogKeys.Stream"/>.</summary>
/// <param name="Index">What to compute.</param>
/// <param name="QueuedAt">When it was appended, to the microsecond; null in an entry of an earlier version.</param>
/// <param name="TraceParent">The W3C trace context of the append, so that one trace runs through the stream.</param>
public sealed record BacklogEntry(SequenceIndex Index, DateTimeOffset? QueuedAt, string? TraceParent)
{
    private const string IndexField = "index", QueuedAtField = "queuedAt";

    /// <summary>The entry as stream fields.</summary>
    public IEnumerable<KeyValuePair<string, string>> ToFields()
    {
        yield return new(IndexField, Index.ToString());
        if (QueuedAt is { } queuedAt)
            yield return new(QueuedAtField, UnixMicroseconds.Write(queuedAt));
        if (TraceParent is not null)
            yield return new(TraceField.Name, TraceParent);
    }

    /// <summary>Reads an entry, or null where the fields hold no index that could be computed.</summary>
    public static BacklogEntry? Read(IReadOnlyDictionary<string, string> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return SequenceIndex.Read(fields.GetValueOrDefault(IndexField), SequenceIndex.Limit, out var index) == IndexVerdict.Accepted
            ? new BacklogEntry(index, UnixMicroseconds.Read(fields.GetValueOrDefault(QueuedAtField)), fields.GetValueOrDefault(TraceField.Name))
            : null;
    }
}
