namespace Fib.Worker.Terms;

/// <summary>What this worker computes.</summary>
/// <param name="MaximumIndex">A higher index fails.</param>
internal sealed record TermLimits(int MaximumIndex);
