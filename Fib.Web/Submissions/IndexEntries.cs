using System.Globalization;
using System.Text.RegularExpressions;
using Fib.Core.Contracts;

namespace Fib.Web.Submissions;

/// <summary>
/// The parsed text of the field: one index, several, or ranges, such as <c>5, 10, 20-30</c>.
/// The same grammar and texts as in wwwroot/js/entries.js. Only the api limits how high an index may be.
/// </summary>
/// <param name="Indexes">The indexes in the order of the text, ranges expanded, as digits without leading zeros.</param>
/// <param name="Error">Why the text cannot be submitted, in one line; null if it can.</param>
internal sealed partial record IndexEntries(IReadOnlyList<string> Indexes, string? Error)
{
    /// <summary>The maximum number of indexes in one submission.</summary>
    public const int Max = SubmissionRules.MaxBatchEntries;

    private const int MaxCharacters = 20_000;
    private const int MaxGroupedCharacters = 40;
    private const int MaxRangeDigits = 15;
    private const string TooMany = "At most 1,000 indexes can be submitted together.";

    /// <summary>Parses the text of the field.</summary>
    public static IndexEntries Parse(string text)
    {
        if (text.Length > MaxCharacters)
            return Reject(TooMany);
        if (text.Length <= MaxGroupedCharacters && ThousandsGroups().IsMatch(text))
            return Reject($"Is {text.Trim()} one index? Then write it without commas. For several indexes, put a space after each comma.");

        var entries = text.Replace('–', '-').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var indexes = new List<string>();
        foreach (var entry in entries)
        {
            if (Add(entry, indexes) is { } error)
                return Reject(entries.Length > 1 && error == SubmissionRules.NotAWholeNumber
                    ? $"“{Shorten(entry)}” is not an index. {error}" : error);
        }

        return indexes.Count > 0 ? new IndexEntries(indexes, null) : Reject(SubmissionRules.NotAWholeNumber);
    }

    private static string? Add(string entry, List<string> indexes)
    {
        if (Digits().IsMatch(entry))
            indexes.Add(TrimZeros(entry));
        else if (Range().Match(entry) is { Success: true } range)
            return AddRange(TrimZeros(range.Groups[1].Value), TrimZeros(range.Groups[2].Value), indexes);
        else
            return BlankSeparated().IsMatch(entry) ? "Put a comma between two indexes, such as 5, 10." : SubmissionRules.NotAWholeNumber;
        return indexes.Count > Max ? TooMany : null;
    }

    private static string? AddRange(string first, string last, List<string> indexes)
    {
        if (Math.Max(first.Length, last.Length) > MaxRangeDigits)
            return SubmissionRules.TooHigh;
        var (from, to) = (long.Parse(first, CultureInfo.InvariantCulture), long.Parse(last, CultureInfo.InvariantCulture));
        if (from > to)
            return $"{first}-{last} is in the wrong order: write {last}-{first}.";
        if (to - from >= Max - indexes.Count)
            return TooMany;
        for (var index = from; index <= to; index++)
            indexes.Add(index.ToString(CultureInfo.InvariantCulture));
        return null;
    }

    private static string TrimZeros(string digits) => digits.TrimStart('0') is { Length: > 0 } trimmed ? trimmed : "0";

    private static string Shorten(string entry) => entry.Length > 24 ? $"{entry[..23]}…" : entry;

    private static IndexEntries Reject(string error) => new([], error);

    /// <summary>
    /// A number with thousands separators of which a group begins with 0, such as <c>1,000</c>. Without this check it would be read
    /// as several indexes; an index has no leading zeros.
    /// </summary>
    [GeneratedRegex(@"^\s*[0-9]{1,3}(?:,[0-9]{3})*,0[0-9]{2}(?:,[0-9]{3})*\s*$")]
    private static partial Regex ThousandsGroups();

    [GeneratedRegex("^[0-9]+$")]
    private static partial Regex Digits();

    [GeneratedRegex(@"^([0-9]+)\s*-\s*([0-9]+)$")]
    private static partial Regex Range();

    [GeneratedRegex(@"^[0-9]+(?:\s+[0-9]+)+$")]
    private static partial Regex BlankSeparated();
}
