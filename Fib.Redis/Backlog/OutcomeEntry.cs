using System.Globalization;
using Fib.Core.Sequence;
using Fib.Redis.Streams;

namespace Fib.Redis.Backlog;

/// <summary>The outcome of an index, an entry of <see cref="BacklogKeys.Outcomes"/>: a computed term, or a failure.</summary>
/// <param name="Index">The index.</param>
/// <param name="Digits">The digit count of the term; 0 if it failed.</param>
/// <param name="Preview">The term as <see cref="TermPreview"/> shows it; empty if it failed.</param>
/// <param name="Reason">Why it failed; null if it was computed.</param>
/// <param name="Times">The times of the stages.</param>
/// <param name="TraceParent">The W3C trace context of the append.</param>
public sealed record OutcomeEntry(SequenceIndex Index, int Digits, string Preview, string? Reason, StageTimes Times, string? TraceParent)
{
    /// <summary>The entry as stream fields.</summary>
    public IEnumerable<KeyValuePair<string, string>> ToFields()
    {
        yield return new("index", Index.ToString());
        yield return new("digits", Digits.ToString(CultureInfo.InvariantCulture));
        yield return new("preview", Preview);
        yield return new("computedAt", StreamFields.WriteTime(Times.ComputedAt));
        if (Times.QueuedAt is { } queuedAt)
            yield return new("queuedAt", StreamFields.WriteTime(queuedAt));
        if (Times.StartedAt is { } startedAt)
            yield return new("startedAt", StreamFields.WriteTime(startedAt));
        if (Reason is not null)
            yield return new("reason", Reason);
        if (TraceParent is not null)
            yield return new(StreamFields.TraceParent, TraceParent);
    }

    /// <summary>Reads an entry. Returns null if a required field is missing or malformed.</summary>
    public static OutcomeEntry? Read(IReadOnlyDictionary<string, string> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        if (SequenceIndex.Read(fields.GetValueOrDefault("index"), SequenceIndex.Limit, out var index) != IndexVerdict.Accepted
            || !int.TryParse(fields.GetValueOrDefault("digits"), NumberStyles.None, CultureInfo.InvariantCulture, out var digits)
            || ReadTime("computedAt") is not { } computedAt)
            return null;
        return new OutcomeEntry(
            index, digits, fields.GetValueOrDefault("preview", ""), fields.GetValueOrDefault("reason"),
            new StageTimes(ReadTime("queuedAt"), ReadTime("startedAt"), computedAt), fields.GetValueOrDefault(StreamFields.TraceParent));

        DateTimeOffset? ReadTime(string name) => StreamFields.ReadTime(fields.GetValueOrDefault(name));
    }
}

/// <summary>When an index reached each stage of its computation, to the microsecond; each by the clock of the stage's machine.</summary>
/// <param name="QueuedAt">When the api appended it; null if the entry has no such field.</param>
/// <param name="StartedAt">When the worker started; null if the entry has no such field.</param>
/// <param name="ComputedAt">When the worker had the term, or had determined that it fails.</param>
public sealed record StageTimes(DateTimeOffset? QueuedAt, DateTimeOffset? StartedAt, DateTimeOffset ComputedAt);
