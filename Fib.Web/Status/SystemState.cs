namespace Fib.Web.Status;

/// <summary>The response of <c>GET system</c>.</summary>
/// <param name="Backlog">The entries that are not acknowledged; null while Redis is unavailable.</param>
/// <param name="Workers">The number of workers alive; null while Redis is unavailable.</param>
/// <param name="OldestPendingSeconds">The age of the oldest pending index, in seconds; null if none is pending.</param>
/// <param name="Last">The latest submissions, newest first.</param>
public sealed record SystemState(BacklogState? Backlog, int? Workers, double? OldestPendingSeconds, IReadOnlyList<SubmissionStages> Last);

/// <summary>The entries of the backlog that are not acknowledged.</summary>
/// <param name="Lag">Entries not yet delivered.</param>
/// <param name="Pending">Entries delivered, not acknowledged.</param>
public sealed record BacklogState(long Lag, long Pending);

/// <summary>
/// When a submission reached each stage, UTC; null if it has not reached the stage, or never will because its term was already
/// computed.
/// </summary>
/// <param name="Id">Increases from submission to submission.</param>
/// <param name="Index">n in F(n).</param>
/// <param name="ReceivedAt">The api parsed it.</param>
/// <param name="StoredAt">PostgreSQL stored it.</param>
/// <param name="QueuedAt">The api appended it to the backlog.</param>
/// <param name="ComputedAt">A worker computed its term.</param>
public sealed record SubmissionStages(
    long Id, long Index, DateTime? ReceivedAt, DateTime? StoredAt, DateTime? QueuedAt, DateTime? ComputedAt);
