namespace Fib.Chaos.Load;

/// <summary>One thing to submit.</summary>
/// <param name="Json">An index as JSON, or something that is none.</param>
/// <param name="Index">The index, where it is one that is accepted.</param>
internal sealed record Entry(string Json, int? Index);
