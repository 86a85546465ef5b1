using System.Globalization;
using Fib.Core.Sequence;

namespace Fib.Redis.Backlog;

/// <summary>What became of an index, as it travels on <see cref="BacklogKeys.Outcomes"/>: computed, or failed with a reason.</summary>
/// <param name="Index">Which index.</param>
/// <param name="Digits">The term's digit count; 0 where it failed.</param>
/// <param name="Preview">The term as <see cref="TermPreview"/> shows it; empty where it failed.</param>
/// <param name="Reason">Why it failed, or null.</param>
/// <param name="Times">When.</param>
/// <param name="TraceParent">The W3C trace context of the computation.</param>
public sealed record OutcomeEntry(SequenceIndex Index, int Digits, string Preview, string? Reason, StageTimes Times, string? TraceParent)
{
    /// <summary>The entry as stream fields.</summary>
    public IEnumerable<KeyValuePair<string, string>> ToFields()
    {
        yield return new("index", Index.ToString());
        yield return new("digits", Digits.ToString(CultureInfo.InvariantCulture));
        yield return new("preview", Preview);
        // Milliseconds, for an api of an earlier version.
        yield return new("at", Times.ComputedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        yield return new("computedAt", UnixMicroseconds.Write(Times.ComputedAt));
        if (Times.QueuedAt is { } queuedAt)
            yield return new("queuedAt", UnixMicroseconds.Write(queuedAt));
        if (Times.StartedAt is { } startedAt)
            yield return new("startedAt", UnixMicroseconds.Write(startedAt));
        if (Reason is not null)
            yield return new("reason", Reason);
        if (TraceParent is not null)
            yield return new(TraceField.Name, TraceParent);
    }

    /// <summary>Reads an entry, of this or an earlier version, or null where the fields are not one.</summary>
    public static OutcomeEntry? Read(IReadOnlyDictionary<string, string> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        if (SequenceIndex.Read(fields.GetValueOrDefault("index"), SequenceIndex.Limit, out var index) != IndexVerdict.Accepted
            || !int.TryParse(fields.GetValueOrDefault("digits"), NumberStyles.None, CultureInfo.InvariantCulture, out var digits)
            || (UnixMicroseconds.Read(fields.GetValueOrDefault("computedAt")) ?? ReadMilliseconds(fields.GetValueOrDefault("at"))) is not { } computedAt)
            return null;
        var times = new StageTimes(
            UnixMicroseconds.Read(fields.GetValueOrDefault("queuedAt")), UnixMicroseconds.Read(fields.GetValueOrDefault("startedAt")), computedAt);
        return new OutcomeEntry(index, digits, fields.GetValueOrDefault("preview", ""), fields.GetValueOrDefault("reason"), times, fields.GetValueOrDefault(TraceField.Name));
    }

    private static DateTimeOffset? ReadMilliseconds(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(at)
            : null;
}
