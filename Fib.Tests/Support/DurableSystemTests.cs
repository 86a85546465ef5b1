namespace Fib.Tests.Support;

/// <summary>The tests that stop and restart parts of a system: one after another, whatever else runs beside them.</summary>
[CollectionDefinition(Name)]
public sealed class DurableSystemTests : ICollectionFixture<DurableSystemFixture>
{
    public const string Name = "Durable system";
}
