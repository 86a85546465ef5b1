namespace Fib.Tests.Chaos;

/// <summary>Alone, because a storm's load would slow down every other test.</summary>
[CollectionDefinition(nameof(Storms), DisableParallelization = true)]
public sealed class Storms;
