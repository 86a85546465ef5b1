namespace Fib.Api.Terms;

/// <summary>The submission is stored durably.</summary>
internal sealed record SubmitResponse(bool Working);

/// <summary>A page of submissions, newest first.</summary>
/// <param name="Items">The submissions.</param>
/// <param name="Next">The cursor of the next page, or null on the last.</param>
internal sealed record SubmissionPage(IReadOnlyList<SubmissionItem> Items, string? Next);

/// <summary>One submission and what became of its index.</summary>
internal sealed record SubmissionItem(
    long Id, int Index, string State, int? Digits, string? Term, string? Reason, DateTime AcceptedAt, DateTime? ComputedAt);
