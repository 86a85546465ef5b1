namespace Fib.Api.Status;

/// <summary>PostgreSQL's part of the status.</summary>
internal sealed record StoredStatus(long Pending, double? OldestPendingSeconds, string Version, IReadOnlyList<SubmissionStages> Last);
