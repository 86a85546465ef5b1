namespace Fib.Web.Terms;

/// <summary>One accepted index as the api lists it.</summary>
/// <param name="Id">Grows from submission to submission.</param>
/// <param name="Index">n in F(n).</param>
/// <param name="State">How far its term is.</param>
/// <param name="Term">F(n) in decimal digits, shortened by the api where it is long; null unless computed.</param>
/// <param name="Reason">Why there is no term; null unless failed.</param>
public sealed record Submission(long Id, long Index, SubmissionState State, string? Term, string? Reason);
