using Fib.Core.Contracts;

namespace Fib.Web.Terms;

/// <summary>The api's response to a submission of several indexes.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Results">The result of each index, in the order of the indexes; empty if the whole submission was refused.</param>
/// <param name="Refusal">Why the whole submission was refused; null if each index has its own result.</param>
internal sealed record SubmitOutcome(int Status, IReadOnlyList<BatchResult> Results, string? Refusal)
{
    private const int MaxNamedIndexes = 5;

    /// <summary>The number of indexes that are stored.</summary>
    public int Accepted => Results.Count(result => result.Accepted);

    /// <summary>The indexes that were refused, as the text of the field.</summary>
    public string FormatRefused(IReadOnlyList<string> indexes) =>
        string.Join(", ", Refusal is null ? indexes.Where((_, position) => !Results[position].Accepted) : indexes);

    /// <summary>The reasons of the refusal in one line; null if everything is stored. The same texts as in wwwroot/js/post.js.</summary>
    public string? FormatReason(IReadOnlyList<string> indexes)
    {
        if (Refusal is not null)
            return Refusal;
        var refused = indexes.Zip(Results).Where(pair => !pair.Second.Accepted).ToArray();
        if (indexes.Count == 1)
            return refused.SingleOrDefault().Second?.Reason;
        var reasons = refused.GroupBy(pair => pair.Second.Reason, pair => pair.First)
            .Select(group => $"{group.Key}: {FormatIndexes([.. group])}");
        return refused.Length > 0 ? string.Join("; ", reasons) : null;
    }

    private static string FormatIndexes(string[] indexes) => string.Join(", ", indexes.Take(MaxNamedIndexes))
        + (indexes.Length > MaxNamedIndexes ? $" and {indexes.Length - MaxNamedIndexes} more" : "");
}
