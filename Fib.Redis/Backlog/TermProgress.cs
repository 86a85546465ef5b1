using System.Globalization;
using Fib.Core.Sequence;

namespace Fib.Redis.Backlog;

/// <summary>The progress of the computation of a large term: a message on <see cref="BacklogKeys.Progress"/>, never stored.</summary>
/// <param name="Index">The index.</param>
/// <param name="Percent">The share of the work that is finished, 0 to 100.</param>
public sealed record TermProgress(SequenceIndex Index, int Percent)
{
    /// <summary>The text of the message.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Index} {Percent}");

    /// <summary>Reads the text that <see cref="ToString"/> writes. Returns null for any other text.</summary>
    public static TermProgress? Read(string? text) =>
        text?.Split(' ') is [var first, var second]
            && SequenceIndex.Read(first, SequenceIndex.Limit, out var index) == IndexVerdict.Accepted
            && int.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var percent) && percent <= 100
            ? new TermProgress(index, percent)
            : null;
}
