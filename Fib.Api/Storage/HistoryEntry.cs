namespace Fib.Api.Storage;

/// <summary>One submission as the history has it; no other, of this or another database, is equal to it.</summary>
internal readonly record struct HistoryEntry(long Id, int Index, DateTime AcceptedAt);
