using Fib.Core.Contracts;

namespace Fib.Web.Submissions;

/// <summary>The api's response to a submission of several indexes.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Results">The result of each index, in the order of the indexes; empty if the whole submission was rejected.</param>
/// <param name="Rejection">Why the whole submission was rejected; null if each index has its own result.</param>
internal sealed record SubmitResult(int Status, IReadOnlyList<BatchResult> Results, string? Rejection)
{
    private const int MaxNamedIndexes = 5;

    /// <summary>The number of indexes that are stored.</summary>
    public int Accepted => Results.Count(result => result.Accepted);

    /// <summary>The indexes that were rejected, as the text of the field.</summary>
    public string FormatRejected(IReadOnlyList<string> indexes) =>
        string.Join(", ", Rejection is null ? indexes.Where((_, position) => !Results[position].Accepted) : indexes);

    /// <summary>The reasons of the rejection in one line; null if everything is stored. The same texts as in wwwroot/js/post.js.</summary>
    public string? FormatReason(IReadOnlyList<string> indexes)
    {
        if (Rejection is not null)
            return Rejection;
        var rejected = indexes.Zip(Results).Where(pair => !pair.Second.Accepted).ToArray();
        if (indexes.Count == 1)
            return rejected.SingleOrDefault().Second?.Reason;
        var reasons = rejected.GroupBy(pair => pair.Second.Reason, pair => pair.First)
            .Select(group => $"{group.Key}: {FormatIndexes([.. group])}");
        return rejected.Length > 0 ? string.Join("; ", reasons) : null;
    }

    private static string FormatIndexes(string[] indexes) => string.Join(", ", indexes.Take(MaxNamedIndexes))
        + (indexes.Length > MaxNamedIndexes ? $" and {indexes.Length - MaxNamedIndexes} more" : "");
}
