using Fib.Tests.Deployment;
using Fib.Tests.Deployment.Aspire;
using Fib.Tests.Support;
using Fib.Tests.System.AppHost;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace Fib.Tests.Support;

/// <summary>Starts the collections that take minutes first, so that none of them runs alone at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest =
    [
        nameof(ContainerTests), SystemTests.Name, DurableSystemTests.Name, nameof(HotReloadTests), nameof(DeploymentTests),
        nameof(DeployTests), nameof(EcsTests), nameof(AppHostShutdownTests),
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection => [.. testCollections.OrderBy(Rank)];

    private static int Rank<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection
    {
        var rank = Array.FindIndex(Longest, name => IsNamed(collection.TestCollectionDisplayName, name));
        return rank < 0 ? Longest.Length : rank;
    }

    /// <summary>A class without a collection is one of its own, with the full name of the class in its display name.</summary>
    private static bool IsNamed(string displayName, string name) =>
        displayName == name || displayName.Contains($".{name} ", StringComparison.Ordinal);
}
