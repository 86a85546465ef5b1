namespace Fib.Redis.Backlog;

/// <summary>When an index reached the stages of its computation, to the microsecond, each by the clock of the machine that did it.</summary>
/// <param name="QueuedAt">The api appended it; null where the entry did not say.</param>
/// <param name="StartedAt">The worker began; null where the entry did not say.</param>
/// <param name="ComputedAt">The worker had the term, or knew that there is none.</param>
public sealed record StageTimes(DateTimeOffset? QueuedAt, DateTimeOffset? StartedAt, DateTimeOffset ComputedAt);
