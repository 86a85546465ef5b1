namespace Fib.Tests.Support;

/// <summary>Tests that run containers on port 80 or build images: one after another, beside the tests without containers.</summary>
[CollectionDefinition(nameof(ContainerTests))]
public sealed class ContainerTests;
