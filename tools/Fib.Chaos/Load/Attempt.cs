namespace Fib.Chaos.Load;

/// <summary>One request and what came of it.</summary>
/// <param name="Index">What was submitted; null for what is no index, and for a read.</param>
/// <param name="Answer">What the answer promises; null for a read.</param>
/// <param name="Class">The method and the status, or why no answer came.</param>
/// <param name="Sent">When, by <see cref="System.Diagnostics.Stopwatch"/>'s timestamps.</param>
/// <param name="Ended">When the answer was whole, or failed.</param>
internal sealed record Attempt(int? Index, Answer? Answer, string Class, long Sent, long Ended);
