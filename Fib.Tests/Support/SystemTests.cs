namespace Fib.Tests.Support;

/// <summary>The tests that share a whole system: one at a time, in parallel with other collections.</summary>
[CollectionDefinition(Name)]
public sealed class SystemTests : ICollectionFixture<SystemFixture>
{
    public const string Name = "System";
}
