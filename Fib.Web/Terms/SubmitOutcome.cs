namespace Fib.Web.Terms;

/// <summary>What the api said to a submission of several indexes.</summary>
/// <param name="Status">Its HTTP status.</param>
/// <param name="Results">What became of each index, in their order; none where the whole was refused.</param>
/// <param name="Refusal">Why the whole was refused; null where each index got its own answer.</param>
internal sealed record SubmitOutcome(int Status, IReadOnlyList<EntryResult> Results, string? Refusal)
{
    /// <summary>How many indexes are stored.</summary>
    public int Accepted => Results.Count(result => result.Accepted);

    /// <summary>The indexes that were refused, for the field.</summary>
    public string RefusedOf(IReadOnlyList<string> indexes) =>
        string.Join(", ", Refusal is null ? indexes.Where((_, place) => !Results[place].Accepted) : indexes);

    /// <summary>Why, in one line; null where everything is stored. The same words as in wwwroot/js/post.js.</summary>
    public string? Explain(IReadOnlyList<string> indexes)
    {
        if (Refusal is not null)
            return Refusal;
        var refused = indexes.Zip(Results).Where(pair => !pair.Second.Accepted).ToArray();
        if (indexes.Count == 1)
            return refused.SingleOrDefault().Second?.Reason;
        var reasons = refused.GroupBy(pair => pair.Second.Reason, pair => pair.First).Select(group => $"{group.Key}: {Name([.. group])}");
        return refused.Length > 0 ? string.Join("; ", reasons) : null;
    }

    private static string Name(string[] indexes) =>
        string.Join(", ", indexes.Take(5)) + (indexes.Length > 5 ? $" and {indexes.Length - 5} more" : "");
}
