namespace Fib.Web.Stages;

/// <summary>What <c>GET system</c> answers.</summary>
/// <param name="Backlog">The work that is not acknowledged; null while Redis is away.</param>
/// <param name="Workers">How many workers are alive; null while Redis is away.</param>
/// <param name="OldestPendingSeconds">How long the index that waits longest has been waiting; null where none waits.</param>
/// <param name="Last">The newest submissions, newest first.</param>
public sealed record SystemState(BacklogState? Backlog, int? Workers, double? OldestPendingSeconds, IReadOnlyList<SubmissionStages> Last);
