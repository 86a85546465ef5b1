namespace Fib.Web.Stages;

/// <summary>What <c>GET system</c> answers.</summary>
/// <param name="Backlog">The work that is not acknowledged; null while Redis is away.</param>
/// <param name="Workers">How many workers are alive; null while Redis is away.</param>
/// <param name="OldestPendingSeconds">How long the oldest pending index waits; null where none does.</param>
/// <param name="Terms">How many indexes are in which state; null where the api does not say.</param>
/// <param name="Last">The newest submissions, newest first.</param>
public sealed record SystemState(
    BacklogState? Backlog, int? Workers, double? OldestPendingSeconds, TermCounts? Terms, IReadOnlyList<SubmissionStages>? Last);

/// <summary>The work that is not acknowledged.</summary>
/// <param name="Lag">Entries not yet delivered.</param>
/// <param name="Pending">Entries delivered, not acknowledged.</param>
public sealed record BacklogState(long Lag, long Pending);

/// <summary>How many indexes are in which state.</summary>
public sealed record TermCounts(long Pending, long Computed, long Failed);
