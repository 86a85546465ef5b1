using System.Text.Json.Serialization;

namespace Fib.Web.Terms;

/// <summary>One accepted index as the api lists it.</summary>
/// <param name="Id">Increases from submission to submission.</param>
/// <param name="Index">n in F(n).</param>
/// <param name="State">The state of its term.</param>
/// <param name="Digits">The number of digits of the term; null unless computed.</param>
/// <param name="Term">F(n) in decimal digits, shortened by the api if it is long; null unless computed.</param>
/// <param name="Reason">Why there is no term; null unless failed.</param>
/// <param name="AcceptedAt">When it was stored, UTC.</param>
/// <param name="ComputedAt">When its term was computed, UTC, which may be before <paramref name="AcceptedAt"/>; null while pending.</param>
public sealed record Submission(
    long Id, long Index, SubmissionState State, int? Digits, string? Term, string? Reason, DateTime AcceptedAt, DateTime? ComputedAt);

/// <summary>The state of the term of a submission.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SubmissionState>))]
public enum SubmissionState
{
    /// <summary>A worker has not computed it yet.</summary>
    Pending,

    /// <summary>The term is stored.</summary>
    Computed,

    /// <summary>The term could not be computed; the submission has the reason.</summary>
    Failed,
}

/// <summary>The response of <c>GET values</c>: submissions, newest first.</summary>
/// <param name="Items">The submissions.</param>
/// <param name="Next">The cursor of the next older page, or null if there is none.</param>
public sealed record SubmissionsPage(IReadOnlyList<Submission> Items, string? Next);
