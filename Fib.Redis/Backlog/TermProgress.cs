using System.Globalization;
using Fib.Core.Sequence;

namespace Fib.Redis.Backlog;

/// <summary>The progress of the computation of a term: a message on <see cref="BacklogKeys.Progress"/>, never stored.</summary>
/// <param name="Index">The index.</param>
/// <param name="Percent">The share of the work that is finished, 0 to 100.</param>
/// <param name="Preview">The computed term as <see cref="TermPreview"/> shows it; null until it is computed.</param>
public sealed record TermProgress(SequenceIndex Index, int Percent, string? Preview = null)
{
    private const int Finished = 100;

    /// <summary>The term is computed, and not recorded yet.</summary>
    public static TermProgress Computed(SequenceIndex index, string preview) => new(index, Finished, preview);

    /// <summary>The text of the message.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Index} {Percent}{(Preview is null ? "" : " ")}{Preview}");

    /// <summary>Reads the text that <see cref="ToString"/> writes. Returns null for text of another form.</summary>
    public static TermProgress? Read(string? text) =>
        text?.Split(' ', 3) is [var first, var second, .. var preview]
            && SequenceIndex.Read(first, SequenceIndex.Limit, out var index) == IndexVerdict.Accepted
            && int.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var percent) && percent <= Finished
            && (preview is [] || (preview is [[>= '0' and <= '9', ..]] && percent == Finished))
            ? new TermProgress(index, percent, preview.FirstOrDefault())
            : null;
}
