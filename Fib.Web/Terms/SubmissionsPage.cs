namespace Fib.Web.Terms;

/// <summary>What <c>GET values</c> answers: submissions, newest first.</summary>
/// <param name="Items">The submissions.</param>
/// <param name="Next">The cursor of the older ones, or null where there are none.</param>
public sealed record SubmissionsPage(IReadOnlyList<Submission> Items, string? Next);
