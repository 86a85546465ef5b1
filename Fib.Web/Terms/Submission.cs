namespace Fib.Web.Terms;

/// <summary>One accepted index as the api lists it.</summary>
/// <param name="Id">Grows from submission to submission.</param>
/// <param name="Index">n in F(n).</param>
/// <param name="State">How far its term is.</param>
/// <param name="Digits">How many digits the term has; null unless computed.</param>
/// <param name="Term">F(n) in decimal digits, shortened by the api where it is long; null unless computed.</param>
/// <param name="Reason">Why there is no term; null unless failed.</param>
/// <param name="AcceptedAt">When it was stored, UTC.</param>
/// <param name="ComputedAt">When its term was computed, UTC, which may be before; null while pending.</param>
public sealed record Submission(
    long Id, long Index, SubmissionState State, int? Digits, string? Term, string? Reason, DateTime AcceptedAt, DateTime? ComputedAt);
