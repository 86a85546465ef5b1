namespace Fib.Api.Status;

/// <summary>How the system does at the moment.</summary>
/// <param name="Backlog">What is to be computed, or null while Redis is away.</param>
/// <param name="Workers">How many gave a sign of life lately, or null while Redis is away.</param>
/// <param name="OldestPendingSeconds">How long the longest-waiting index has been waiting for its term; null where none waits.</param>
/// <param name="Terms">What is known of terms.</param>
/// <param name="DeadLetters">How many entries workers gave up, or null while Redis is away.</param>
/// <param name="Last">The newest submissions, newest first.</param>
/// <param name="Versions">What runs here.</param>
internal sealed record SystemStatus(
    BacklogStatus? Backlog, long? Workers, double? OldestPendingSeconds, TermsStatus Terms, long? DeadLetters, IReadOnlyList<SubmissionStages> Last, Versions Versions);

/// <summary>The backlog of all streams.</summary>
/// <param name="Lag">Entries that no worker has been given yet.</param>
/// <param name="Pending">Entries that a worker has been given and has not acknowledged.</param>
internal sealed record BacklogStatus(long Lag, long Pending);

/// <summary>Terms by state, as far as counting is cheap.</summary>
/// <param name="Pending">Indexes without an outcome, counted up to 10,000.</param>
internal sealed record TermsStatus(long Pending);

/// <summary>When a submission and its index reached each stage; null where it has not, or where the index was computed before.</summary>
internal sealed record SubmissionStages(
    long Id, int Index, DateTime? ReceivedAt, DateTime StoredAt, DateTime? QueuedAt, DateTime? StartedAt, DateTime? ComputedAt, DateTime? RecordedAt);

/// <summary>The versions of the parts; Redis' is null while it is away.</summary>
internal sealed record Versions(string Fib, string Dotnet, string Postgresql, string? Redis);
