using Fib.LocalSystem.Processes;
using Fib.Tests.Support;

namespace Fib.Tests.System.AppHost;

/// <summary>After a SIGKILL of the AppHost no process or folder of its run remains, and persistent data is kept.</summary>
[Trait(Category.Name, Category.System)]
public sealed class AppHostKillTests
{
    [Fact]
    public async Task Kill_OneOfTwoAppHosts_DoesNotAffectTheOther()
    {
        var hosts = await Task.WhenAll(HostProcess.StartAsync("--data", "none"), HostProcess.StartAsync("--data", "none"));
        await using var killed = hosts[0];
        await using var other = hosts[1];
        Assert.Equal("13", await other.Gateway.ComputeAsync(7));
        var processes = Servers(other);
        killed.Send(Signals.Kill);
        await killed.UntilNothingIsLeftAsync();
        Assert.Equal(processes, Servers(other));
        Assert.Equal(7, Assert.Single(await other.Gateway.GetAllAsync()));
    }

    /// <summary>Without the backend processes of PostgreSQL, which start and end with connections.</summary>
    private static int[] Servers(HostProcess host) =>
        [.. host.Processes.Where(id => ProcessTree.ReadName(id) is "dotnet" or "redis-server")];

    [Fact]
    public async Task Kill_EveryProcess_NextStartHasTheData()
    {
        using var data = new TemporaryFolder("fib-data-");
        await using (var host = await HostProcess.StartAsync("--data", data.Path))
        {
            Assert.Equal(Fibonacci.Term(4_000), await host.Gateway.ComputeAsync(4_000));
            await host.KillAllAsync();
        }

        await using var next = await HostProcess.StartAsync("--data", data.Path);
        Assert.Equal(4_000, Assert.Single(await next.Gateway.GetAllAsync()));
        Assert.Equal(Fibonacci.Term(4_000), await next.Gateway.ReadTextAsync("/api/values/4000"));
        Assert.Equal("13", await next.Gateway.ComputeAsync(7));
    }

    [Fact]
    public async Task Kill_AppHost_OnlyThenAnotherStartsOnItsData()
    {
        using var data = new TemporaryFolder("fib-data-");
        await using var killed = await HostProcess.StartAsync("--data", data.Path);
        Assert.Equal("13", await killed.Gateway.ComputeAsync(7));
        Assert.StartsWith(
            $"fib: Another AppHost uses the data in {data.Path}", await HostProcess.ReadErrorAsync("--data", data.Path),
            StringComparison.Ordinal);

        killed.Send(Signals.Kill);
        await using var next = await HostProcess.StartAsync("--data", data.Path);
        Assert.Equal(7, Assert.Single(await next.Gateway.GetAllAsync()));
    }
}
