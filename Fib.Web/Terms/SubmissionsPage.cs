namespace Fib.Web.Terms;

/// <summary>What <c>GET values</c> answers: submissions, newest first.</summary>
internal sealed record SubmissionsPage(IReadOnlyList<Submission> Items);
