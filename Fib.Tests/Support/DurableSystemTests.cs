namespace Fib.Tests.Support;

/// <summary>The tests that stop and restart parts of a system: one at a time, in parallel with other collections.</summary>
[CollectionDefinition(Name)]
public sealed class DurableSystemTests : ICollectionFixture<DurableSystemFixture>
{
    public const string Name = "Durable system";
}
