using Fib.LocalSystem.Processes;
using Fib.Tests.Support;

namespace Fib.Tests.System.AppHost;

/// <summary>An AppHost that is told to end leaves no process and no folder of its run.</summary>
[Trait(Category.Name, Category.System)]
public sealed class AppHostShutdownTests
{
    [Theory]
    [InlineData(Signals.Interrupt)]
    [InlineData(Signals.Terminate)]
    public async Task Signal_ToTheAppHost_LeavesNoProcessAndNoFolder(int signal)
    {
        await using var host = await HostProcess.StartAsync("--data", "none");
        Assert.Equal("13", await host.Gateway.ComputeAsync(7));
        host.Send(signal);
        await host.UntilNothingIsLeftAsync();
    }

    /// <summary>The orchestrator kills the shell of a store after some seconds, while its server may still be stopping.</summary>
    [Fact]
    public async Task Terminate_StoreStopsSlowly_LeavesNoFolder()
    {
        await using var host = await HostProcess.StartAsync("--data", "none");
        var shell = host.Processes.Single(id => ProcessTree.ReadName(id) == "sh" && FindServer(id) is not null);
        var server = FindServer(shell)!.Value;
        Signals.Send(server, Signals.Stop);
        host.Send(Signals.Terminate);
        await Eventually.HoldsAsync("the shell is killed", _ => Task.FromResult(!ProcessTree.IsRunning(shell)));
        Signals.Send(server, Signals.Continue);
        await host.UntilNothingIsLeftAsync();
    }

    private static int? FindServer(int shell) =>
        ProcessTree.ChildrenOf(shell).Select(id => (int?)id).FirstOrDefault(id => ProcessTree.ReadName(id!.Value) == "postgres");
}
