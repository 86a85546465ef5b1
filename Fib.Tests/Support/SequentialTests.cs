namespace Fib.Tests.Support;

/// <summary>For tests that load the whole machine or use port 80: no other test runs at the same time.</summary>
[CollectionDefinition(nameof(SequentialTests), DisableParallelization = true)]
public sealed class SequentialTests;

/// <summary>Tests that run containers on port 80 or build images: one after another, beside the tests without containers.</summary>
[CollectionDefinition(nameof(ContainerTests))]
public sealed class ContainerTests;
