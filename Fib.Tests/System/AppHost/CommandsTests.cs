using Fib.AppHost;
using Fib.AppHost.Dashboard;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;

namespace Fib.Tests.System.AppHost;

/// <summary>The commands of the dashboard.</summary>
[Collection(DurableSystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class CommandsTests
{
    [Fact]
    public async Task Commands_SubmitRetryAndClear_Work()
    {
        await using var system = await FibSystem.StartAsync(["--Data=none", "--Workers=2"]);
        var submissions = await UntilSucceedsAsync(system, DashboardCommands.Submit);
        var indexes = await system.Gateway.GetAllAsync();
        Assert.InRange(indexes.Length, 1, submissions);
        foreach (var index in indexes)
            Assert.Equal(Fibonacci.Term(index), await system.Gateway.UntilComputedAsync(index));
        await UntilSucceedsAsync(system, DashboardCommands.Retry);

        await system.ExecuteAsync(ResourceNames.Database, DashboardCommands.Clear);
        await Eventually.HoldsAsync("the system is empty", async _ => (await system.Gateway.GetAllAsync()).Length == 0);
        Assert.Equal("{}", await system.Gateway.GetStringAsync("/api/values/current"));
        await Eventually.HoldsAsync("a submission is accepted", async _ =>
        {
            using var response = await system.Gateway.PostJsonAsync("""{"index":7}""");
            return response.IsSuccessStatusCode;
        });
        Assert.Equal("13", await system.Gateway.UntilComputedAsync(7));
    }

    /// <summary>
    /// On a busy machine a command that is the first of its kind can exceed the deadline of the api, which does its work nevertheless.
    /// </summary>
    /// <returns>How often the command was executed.</returns>
    private static async Task<int> UntilSucceedsAsync(FibSystem system, string command)
    {
        var times = 0;
        await Eventually.HoldsAsync($"{command} succeeds", async _ =>
        {
            times++;
            return (await system.TryExecuteAsync(ResourceNames.Api, command)).Success;
        });
        return times;
    }
}
