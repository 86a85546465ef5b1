using System.Globalization;
using System.Text.RegularExpressions;

namespace Fib.Web.Terms;

/// <summary>
/// What was typed into the field: one index, several, or ranges, such as <c>5, 10, 20-30</c>.
/// The same grammar and the same words as in wwwroot/js/entries.js; how high an index may be, the api alone decides.
/// </summary>
/// <param name="Indexes">The indexes in their order, ranges expanded, as digits without leading zeros.</param>
/// <param name="Wrong">What is wrong with the text, in words; null where it can be submitted.</param>
internal sealed partial record IndexEntries(IReadOnlyList<string> Indexes, string? Wrong)
{
    /// <summary>The most indexes that are submitted at once.</summary>
    public const int Most = 1000;

    private const int MostCharacters = 20_000;
    private const int MostGroupedCharacters = 40;
    private const int MostRangeDigits = 15;
    private const string NotWhole = "An index is one whole number of 0 or more, such as 7.";
    private const string TooMany = "At most 1,000 indexes can be submitted at once.";

    /// <summary>Reads the text of the field.</summary>
    public static IndexEntries Read(string text)
    {
        if (text.Length > MostCharacters)
            return Refuse(TooMany);
        if (text.Length <= MostGroupedCharacters && Grouped().IsMatch(text))
            return Refuse($"Is {text.Trim()} one index? Then write it without commas; for several, put a blank after each comma.");

        var entries = text.Replace('–', '-').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var indexes = new List<string>();
        foreach (var entry in entries)
        {
            if (Add(entry, indexes) is { } wrong)
                return Refuse(wrong == NotWhole && entries.Length > 1 ? $"“{Shorten(entry)}” is no index. {NotWhole}" : wrong);
        }

        return indexes.Count > 0 ? new IndexEntries(indexes, null) : Refuse(NotWhole);
    }

    private static string? Add(string entry, List<string> indexes)
    {
        if (Whole().IsMatch(entry))
            indexes.Add(Plain(entry));
        else if (Range().Match(entry) is { Success: true } range)
            return AddRange(Plain(range.Groups[1].Value), Plain(range.Groups[2].Value), indexes);
        else
            return Apart().IsMatch(entry) ? "Put a comma between two indexes, such as 5, 10." : NotWhole;
        return indexes.Count > Most ? TooMany : null;
    }

    private static string? AddRange(string first, string last, List<string> indexes)
    {
        if (Math.Max(first.Length, last.Length) > MostRangeDigits)
            return "Index too high";
        var (from, to) = (long.Parse(first, CultureInfo.InvariantCulture), long.Parse(last, CultureInfo.InvariantCulture));
        if (from > to)
            return $"{first}-{last} runs backwards: write {last}-{first}.";
        if (to - from >= Most - indexes.Count)
            return TooMany;
        for (var index = from; index <= to; index++)
            indexes.Add(index.ToString(CultureInfo.InvariantCulture));
        return null;
    }

    private static string Plain(string digits) => digits.TrimStart('0') is { Length: > 0 } plain ? plain : "0";

    private static string Shorten(string entry) => entry.Length > 24 ? $"{entry[..23]}…" : entry;

    private static IndexEntries Refuse(string wrong) => new([], wrong);

    /// <summary>Thousands in groups, which would otherwise count as several indexes: no list has a 0 before another digit.</summary>
    [GeneratedRegex(@"^\s*[0-9]{1,3}(?:,[0-9]{3})*,0[0-9]{2}(?:,[0-9]{3})*\s*$")]
    private static partial Regex Grouped();

    [GeneratedRegex("^[0-9]+$")]
    private static partial Regex Whole();

    [GeneratedRegex(@"^([0-9]+)\s*-\s*([0-9]+)$")]
    private static partial Regex Range();

    [GeneratedRegex(@"^[0-9]+(?:\s+[0-9]+)+$")]
    private static partial Regex Apart();
}
