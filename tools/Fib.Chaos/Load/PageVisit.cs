namespace Fib.Chaos.Load;

/// <summary>One page that was asked for.</summary>
/// <param name="Path">Which.</param>
/// <param name="Outcome">The status, or why no answer came.</param>
/// <param name="HasStackTrace">Whether it shows where in the code something failed.</param>
internal sealed record PageVisit(string Path, string Outcome, bool HasStackTrace);
