namespace Fib.Tests.Support;

/// <summary>The tests that share one whole system: one after another, whatever else runs beside them.</summary>
[CollectionDefinition(Name)]
public sealed class SystemTests : ICollectionFixture<SystemFixture>
{
    public const string Name = "System";
}
