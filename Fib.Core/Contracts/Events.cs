namespace Fib.Core.Contracts;

/// <summary>The event <c>accepted</c>: a submission is stored.</summary>
/// <param name="Id">The submission's event id.</param>
/// <param name="Index">n in F(n).</param>
/// <param name="ReceivedAt">When the request arrived, UTC; null if an earlier version stored the submission.</param>
/// <param name="AcceptedAt">When the submission was stored, UTC.</param>
public sealed record AcceptedEvent(long Id, int Index, DateTime? ReceivedAt, DateTime AcceptedAt);

/// <summary>The event <c>computed</c>: a term is recorded.</summary>
/// <param name="Index">n in F(n).</param>
/// <param name="Digits">The number of decimal digits.</param>
/// <param name="Term">F(n) in decimal digits, shortened if it is long.</param>
/// <param name="QueuedAt">When the index was appended to the backlog, UTC; null if an earlier version recorded the term.</param>
/// <param name="StartedAt">When the worker began, UTC; null if an earlier version recorded the term.</param>
/// <param name="ComputedAt">When the worker finished, UTC.</param>
public sealed record ComputedEvent(int Index, int Digits, string Term, DateTime? QueuedAt, DateTime? StartedAt, DateTime ComputedAt);

/// <summary>The event <c>progress</c>: a large term is being computed. Progress is not stored.</summary>
/// <param name="Index">n in F(n).</param>
/// <param name="Percent">The completed share of the work, 0 to 100.</param>
public sealed record ProgressEvent(int Index, int Percent);

/// <summary>
/// The event <c>preview</c>: a worker has computed the term, and it will be recorded. The event is not stored; usually <c>computed</c>
/// follows. When many terms are computed at once, some have no preview, and an api with more than 100 open streams sends none.
/// </summary>
/// <param name="Index">n in F(n).</param>
/// <param name="Term">F(n) in decimal digits, shortened if it is long.</param>
public sealed record PreviewEvent(int Index, string Term);

/// <summary>The event <c>failed</c>: a term cannot be computed.</summary>
/// <param name="Index">n in F(n).</param>
/// <param name="Reason">Why.</param>
public sealed record FailedEvent(int Index, string Reason);
