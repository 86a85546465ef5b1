namespace Fib.Api.Storage;

/// <summary>What an index shows.</summary>
/// <param name="Index">Which index.</param>
/// <param name="Preview">Its term, shortened where it is long; null while it is pending.</param>
/// <param name="IsFailed">It has no term and will have none.</param>
internal readonly record struct CurrentEntry(int Index, string? Preview, bool IsFailed);
