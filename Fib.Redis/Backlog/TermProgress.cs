using System.Globalization;
using Fib.Core.Sequence;

namespace Fib.Redis.Backlog;

/// <summary>How far the computation of a large term is, as it travels on <see cref="BacklogKeys.Progress"/>; of the moment, and never stored.</summary>
/// <param name="Index">Which index.</param>
/// <param name="Percent">The share of the work that is done, 0 to 100.</param>
public sealed record TermProgress(SequenceIndex Index, int Percent)
{
    /// <summary>The text on the channel.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Index} {Percent}");

    /// <summary>Reads what <see cref="ToString"/> wrote, or null where it is something else.</summary>
    public static TermProgress? Read(string? text) =>
        text?.Split(' ') is [var index, var percent] && SequenceIndex.Read(index, SequenceIndex.Limit, out var read) == IndexVerdict.Accepted
            && int.TryParse(percent, NumberStyles.None, CultureInfo.InvariantCulture, out var share) && share <= 100
            ? new TermProgress(read, share)
            : null;
}
