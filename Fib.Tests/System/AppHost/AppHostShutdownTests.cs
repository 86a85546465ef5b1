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
}
