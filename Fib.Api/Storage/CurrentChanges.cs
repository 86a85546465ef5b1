namespace Fib.Api.Storage;

/// <summary>What happened since a known event.</summary>
/// <param name="Failed">How many indexes are failed now.</param>
/// <param name="Events">That event and those after it. A submission is told as a pending entry, whatever its index shows.</param>
internal sealed record CurrentChanges(long Failed, IReadOnlyList<(EventMark Mark, CurrentEntry Entry)> Events);
