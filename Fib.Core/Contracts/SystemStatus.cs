namespace Fib.Core.Contracts;

/// <summary>The answer of <c>GET /system</c>.</summary>
/// <param name="Backlog">The work that is not acknowledged, or null while Redis is unavailable.</param>
/// <param name="Workers">The number of workers with a recent heartbeat, or null while Redis is unavailable.</param>
/// <param name="OldestPendingSeconds">The age of the oldest pending index in seconds, or null if none is pending.</param>
/// <param name="Terms">The number of terms by state.</param>
/// <param name="DeadLetters">The number of dead letters, or null while Redis is unavailable.</param>
/// <param name="Last">The newest submissions, newest first.</param>
/// <param name="Versions">The versions of the running parts.</param>
public sealed record SystemStatus(
    BacklogStatus? Backlog, long? Workers, double? OldestPendingSeconds, TermsStatus Terms, long? DeadLetters,
    IReadOnlyList<SubmissionStages> Last, Versions Versions);

/// <summary>The backlog of all streams.</summary>
/// <param name="Lag">The number of entries that are not delivered to a worker.</param>
/// <param name="Pending">The number of entries that are delivered and not acknowledged.</param>
public sealed record BacklogStatus(long Lag, long Pending);

/// <summary>The number of terms by state, as far as counting is cheap.</summary>
/// <param name="Pending">Indexes without an outcome, counted up to 10,000.</param>
public sealed record TermsStatus(long Pending);

/// <summary>
/// When a submission and its index reached each stage, UTC; null if it has not, or if the term was computed for an earlier
/// submission.
/// </summary>
/// <param name="Id">The submission's event id.</param>
/// <param name="Index">n in F(n).</param>
/// <param name="ReceivedAt">When the api had read the request.</param>
/// <param name="StoredAt">When PostgreSQL had stored it.</param>
/// <param name="QueuedAt">When it was appended to the backlog.</param>
/// <param name="StartedAt">When a worker began to compute the term.</param>
/// <param name="ComputedAt">When the worker had computed the term.</param>
/// <param name="RecordedAt">When PostgreSQL had stored the outcome.</param>
public sealed record SubmissionStages(
    long Id, int Index, DateTime? ReceivedAt, DateTime StoredAt, DateTime? QueuedAt, DateTime? StartedAt, DateTime? ComputedAt,
    DateTime? RecordedAt);

/// <summary>The versions of the running parts.</summary>
/// <param name="Fib">This application.</param>
/// <param name="Dotnet">The .NET runtime.</param>
/// <param name="Postgresql">The PostgreSQL server.</param>
/// <param name="Redis">The Redis server, or null while it is unavailable.</param>
public sealed record Versions(string Fib, string Dotnet, string Postgresql, string? Redis);
