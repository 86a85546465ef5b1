namespace Fib.Tests.Rehearsals;

/// <summary>For tests that load the whole machine or use port 80: no other test runs at the same time.</summary>
[CollectionDefinition(nameof(SequentialCollection), DisableParallelization = true)]
public sealed class SequentialCollection;
