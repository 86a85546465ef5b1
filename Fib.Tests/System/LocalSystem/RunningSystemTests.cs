using System.Net;
using Fib.LocalSystem;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;

namespace Fib.Tests.System.LocalSystem;

[Trait(Category.Name, Category.System)]
public sealed class RunningSystemTests
{
    [Fact]
    public async Task Kill_OneOfTwoApis_TheOtherServes()
    {
        await using var system = await RunningSystem.StartAsync(new SystemSettings { Apis = 2 }, CancellationToken.None);
        using var gateway = new HttpClient { BaseAddress = system.Gateway.Address };
        foreach (var api in system.Apis)
        {
            await api.Process.KillAsync();
            await Eventually.HoldsAsync("the other api serves", async _ =>
            {
                using var response = await gateway.PostJsonAsync("""{"index":7}""");
                return response.StatusCode == HttpStatusCode.OK;
            });
            await api.Process.StartAsync(CancellationToken.None);
            await api.Process.WaitHealthyAsync(CancellationToken.None);
        }

        Assert.Equal("13", await gateway.UntilComputedAsync(7));
    }
}
