using System.Text.Json.Serialization;

namespace Fib.Core.Contracts;

/// <summary>The answer of <c>GET /values</c>: a page of submissions, newest first.</summary>
/// <param name="Items">The submissions of this page.</param>
/// <param name="Next">The cursor of the next page, or null on the last page.</param>
public sealed record SubmissionPage(IReadOnlyList<SubmissionItem> Items, string? Next);

/// <summary>One submission with the outcome of its index.</summary>
/// <param name="Id">The submission's event id; a later submission has a higher id.</param>
/// <param name="Index">n in F(n).</param>
/// <param name="State">The state of the term.</param>
/// <param name="Digits">The number of decimal digits of the term; null unless it is computed.</param>
/// <param name="Term">F(n) in decimal digits, shortened if it is long; null unless it is computed.</param>
/// <param name="Reason">Why the computation failed; null unless it failed.</param>
/// <param name="AcceptedAt">When the submission was stored, UTC.</param>
/// <param name="ComputedAt">When the term was computed, UTC; may be earlier than the submission. Null while pending.</param>
public sealed record SubmissionItem(
    long Id, int Index, SubmissionState State, int? Digits, string? Term, string? Reason, DateTime AcceptedAt, DateTime? ComputedAt);

/// <summary>The state of a submission's term.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SubmissionState>))]
public enum SubmissionState
{
    /// <summary>The term is not computed yet.</summary>
    Pending,

    /// <summary>The term is computed.</summary>
    Computed,

    /// <summary>The term cannot be computed.</summary>
    Failed,
}
