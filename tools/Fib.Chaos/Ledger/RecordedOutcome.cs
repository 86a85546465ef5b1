namespace Fib.Chaos.Ledger;

/// <summary>What became of an index, as PostgreSQL has it.</summary>
internal sealed record RecordedOutcome(int Digits, string Preview, string? Reason);
