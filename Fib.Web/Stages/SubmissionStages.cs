namespace Fib.Web.Stages;

/// <summary>When a submission reached which stage, UTC; null where it has not, or never will because its term was there already.</summary>
/// <param name="Id">Grows from submission to submission.</param>
/// <param name="Index">n in F(n).</param>
/// <param name="ReceivedAt">The api had read it.</param>
/// <param name="StoredAt">PostgreSQL had it.</param>
/// <param name="QueuedAt">It was on the backlog.</param>
/// <param name="ComputedAt">A worker had its term.</param>
public sealed record SubmissionStages(
    long Id, long Index, DateTime? ReceivedAt, DateTime? StoredAt, DateTime? QueuedAt, DateTime? ComputedAt);
