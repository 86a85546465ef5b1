namespace Fib.Tests.Faults.Chaos;

/// <summary>Runs alone: the load of a chaos run would slow down every other test.</summary>
[CollectionDefinition(nameof(SequentialChaosTests), DisableParallelization = true)]
public sealed class SequentialChaosTests;
