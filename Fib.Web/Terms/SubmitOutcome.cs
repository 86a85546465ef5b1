namespace Fib.Web.Terms;

/// <summary>What the api said to an index.</summary>
/// <param name="Status">Its HTTP status.</param>
/// <param name="Refusal">Why it was refused; null where it was accepted.</param>
internal sealed record SubmitOutcome(int Status, string? Refusal);
