namespace Fib.Bench.Page;

/// <summary>What many visitors at once cost.</summary>
/// <param name="Served">How many of them heard of every term.</param>
/// <param name="Web">What the web takes.</param>
/// <param name="Api">The same of the api.</param>
/// <param name="Gateway">The same of the gateway.</param>
internal sealed record CrowdFigures(int Served, MemoryFigure Web, MemoryFigure Api, MemoryFigure Gateway);
