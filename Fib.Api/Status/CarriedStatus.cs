namespace Fib.Api.Status;

/// <summary>Redis' part of the status.</summary>
internal sealed record CarriedStatus(BacklogStatus Backlog, long Workers, long DeadLetters, string? Version);
