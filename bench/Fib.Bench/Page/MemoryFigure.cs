namespace Fib.Bench.Page;

/// <summary>What a process takes, in MiB.</summary>
/// <param name="Peak">The most resident memory at once, with the pages of programs that it shares or could give back.</param>
/// <param name="Own">Its own pages now: what it cannot give back.</param>
internal sealed record MemoryFigure(double Peak, double Own);
