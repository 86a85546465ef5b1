namespace Fib.Web.Terms;

/// <summary>What the api said to one of several indexes.</summary>
/// <param name="Accepted">Whether it is stored.</param>
/// <param name="Reason">Why it was refused; null where it was accepted.</param>
internal sealed record EntryResult(bool Accepted, string? Reason);
