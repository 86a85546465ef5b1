namespace Fib.Rehearsal.Checks;

/// <summary>How one check ended.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Detail">What was seen, or what was wrong.</param>
internal sealed record Check(string Name, CheckOutcome Outcome, string Detail);
