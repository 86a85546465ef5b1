using System.Text.Json.Serialization;

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

/// <summary>What became of a batch.</summary>
/// <param name="Results">One for each entry, in their order.</param>
internal sealed record BatchResponse(IReadOnlyList<BatchResult> Results);

/// <summary>What became of one entry of a batch.</summary>
/// <param name="Index">The number, or null where the entry is none or is too long to be told.</param>
/// <param name="Accepted">Whether it is stored durably.</param>
/// <param name="Reason">Why it was refused; left out where it was not.</param>
internal sealed record BatchResult(int? Index, bool Accepted, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason);

/// <summary>The failed indexes are on the backlog again.</summary>
/// <param name="Requeued">How many.</param>
internal sealed record RequeueResponse(int Requeued);
