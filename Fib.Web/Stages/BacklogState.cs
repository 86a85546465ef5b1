namespace Fib.Web.Stages;

/// <summary>The work that is not acknowledged.</summary>
/// <param name="Lag">Entries not yet delivered.</param>
/// <param name="Pending">Entries delivered, not acknowledged.</param>
public sealed record BacklogState(long Lag, long Pending);
