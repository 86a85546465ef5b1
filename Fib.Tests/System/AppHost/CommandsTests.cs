using Aspire.Hosting.ApplicationModel;
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
        // The commands are counted, and so must not be repeated.
        await using var system = await FibSystem.StartAsync(["--Data=none", "--Workers=2"], retry: false);
        var submissions = await UntilSucceedsAsync(system, DashboardCommands.Submit);
        var indexes = await system.Gateway.GetAllAsync();
        Assert.InRange(indexes.Length, 1, submissions);
        foreach (var index in indexes)
            Assert.Equal(Fibonacci.Term(index), await system.Gateway.UntilComputedAsync(index));
        await UntilSucceedsAsync(system, DashboardCommands.Retry);

        var stopped = await system.StopOneAsync(ResourceNames.Worker);
        await system.ExecuteAsync(ResourceNames.Database, ClearCommand.Name);
        await Eventually.HoldsAsync("the system is empty", async _ => (await system.Gateway.GetAllAsync()).Length == 0);
        Assert.Equal("{}", await system.Gateway.ReadTextAsync("/api/values/current"));
        Assert.Equal("13", await system.Gateway.ComputeAsync(7));
        var workers = await system.GetReplicasAsync(ResourceNames.Worker);
        Assert.Contains(workers[stopped], KnownResourceStates.TerminalStates);
        Assert.Equal(KnownResourceStates.Running, workers.Single(worker => worker.Key != stopped).Value);
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
