using Fib.Tests.Support;

namespace Fib.Tests.System.AppHost;

[Collection(DurableSystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class TwoSystemsTests
{
    [Fact]
    public async Task Start_TwoSystemsConcurrently_AreIndependent()
    {
        var systems = await Task.WhenAll(FibSystem.StartAsync(["--Data=none"]), FibSystem.StartAsync(["--Data=none"]));
        try
        {
            Assert.NotEqual(systems[0].Address, systems[1].Address);
            foreach (var system in systems)
                await AssertEmptyAsync(system.Gateway);
            await Task.WhenAll(systems[0].Gateway.ComputeAsync(7), systems[1].Gateway.ComputeAsync(8));
            Assert.Equal(7, Assert.Single(await systems[0].Gateway.GetAllAsync()));
            Assert.Equal(8, Assert.Single(await systems[1].Gateway.GetAllAsync()));
        }
        finally
        {
            await Task.WhenAll(systems.Select(system => system.DisposeAsync().AsTask()));
        }
    }

    private static async Task AssertEmptyAsync(HttpClient gateway)
    {
        Assert.Equal("[]", await gateway.GetStringAsync("/api/values/all"));
        Assert.Equal("{}", await gateway.GetStringAsync("/api/values/current"));
        Assert.Equal("""{"items":[],"next":null}""", await gateway.GetStringAsync("/api/values"));
    }
}
