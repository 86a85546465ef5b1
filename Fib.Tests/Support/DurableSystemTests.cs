namespace Fib.Tests.Support;

/// <summary>The tests that stop and restart parts of a system: after all others, and alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class DurableSystemTests : ICollectionFixture<DurableSystemFixture>
{
    public const string Name = "Durable system";
}
