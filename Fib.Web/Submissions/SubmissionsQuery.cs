using System.Globalization;
using Fib.Core.Contracts;
using Fib.Core.Sequence;
using Fib.Web.Terms;

namespace Fib.Web.Submissions;

/// <summary>The submissions that a page shows: the newest, those before a cursor, or those of one index.</summary>
/// <param name="Before">The cursor that a newer page returned, or null for the newest submissions.</param>
/// <param name="Index">The only index to show, or null.</param>
public sealed record SubmissionsQuery(long? Before, int? Index)
{
    /// <summary>The number of submissions on a page.</summary>
    public const int PageSize = 50;

    /// <summary>The query string of the api's <c>GET values</c>.</summary>
    public string ApiQuery =>
        string.Create(CultureInfo.InvariantCulture, $"limit={PageSize}") + Parameter("before", Before) + Parameter("index", Index);

    /// <summary>The address of the page with the submissions before a cursor; script sets a cursor that is missing.</summary>
    public string GetOlderAddress(string? cursor) => $"/?before={cursor}{Parameter("index", Index)}#results";

    /// <summary>Parses the query of the page; an invalid cursor means the newest submissions.</summary>
    /// <param name="before">The text of the cursor.</param>
    /// <param name="index">The text of the index.</param>
    /// <param name="range">The indexes that the filter accepts.</param>
    /// <param name="error">Why the index is invalid, or null.</param>
    internal static SubmissionsQuery Parse(string? before, string? index, IndexRange range, out string? error)
    {
        var cursor = long.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : (long?)null;
        error = null;
        if (string.IsNullOrWhiteSpace(index))
            return new SubmissionsQuery(cursor, null);
        var verdict = SequenceIndex.Read(index, range.Maximum, out var filter);
        error = verdict switch
        {
            IndexVerdict.Accepted => null,
            IndexVerdict.TooHigh => $"{SubmissionRules.TooHigh}: the highest is {TermText.Count(range.Maximum)}.",
            _ => SubmissionRules.NotAWholeNumber,
        };
        return new SubmissionsQuery(cursor, error is null ? filter.Value : null);
    }

    private static string Parameter(string name, long? value) =>
        value is null ? "" : string.Create(CultureInfo.InvariantCulture, $"&{name}={value}");
}
