using System.Globalization;
using Fib.Core.Sequence;

namespace Fib.Web.Terms;

/// <summary>Which submissions a page shows: the newest, or those before a cursor, or those of one index.</summary>
/// <param name="Before">The cursor that a newer page gave, or null for the newest.</param>
/// <param name="Index">The only index that is shown, or null.</param>
public sealed record SubmissionsQuery(long? Before, int? Index)
{
    /// <summary>How many submissions a page shows.</summary>
    public const int Shown = 50;

    /// <summary>The query as the api reads it.</summary>
    public string ForApi => string.Create(CultureInfo.InvariantCulture, $"limit={Shown}") + Part("before", Before) + Part("index", Index);

    /// <summary>The address of the page that shows those before a cursor.</summary>
    public string OlderThan(string cursor) => $"/?before={cursor}{Part("index", Index)}#results";

    /// <summary>Reads the page's own query; a cursor that is none counts as the newest.</summary>
    /// <param name="before">The text of the cursor.</param>
    /// <param name="index">The text of the index.</param>
    /// <param name="wrong">What is wrong with the index, or null.</param>
    internal static SubmissionsQuery Read(string? before, string? index, out string? wrong)
    {
        var cursor = long.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : (long?)null;
        wrong = null;
        if (string.IsNullOrWhiteSpace(index))
            return new SubmissionsQuery(cursor, null);
        var verdict = SequenceIndex.Read(index, SequenceIndex.Limit, out var only);
        wrong = verdict switch
        {
            IndexVerdict.Accepted => null,
            IndexVerdict.TooHigh => "Index too high",
            _ => "An index is one whole number of 0 or more, such as 7.",
        };
        return new SubmissionsQuery(cursor, wrong is null ? only.Value : null);
    }

    private static string Part(string name, long? value) => value is null ? "" : string.Create(CultureInfo.InvariantCulture, $"&{name}={value}");
}
