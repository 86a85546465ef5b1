namespace Fib.Api.Storage;

/// <summary>One event; no other, of this or another database, is equal to it.</summary>
internal readonly record struct EventMark(long Id, DateTime At);
