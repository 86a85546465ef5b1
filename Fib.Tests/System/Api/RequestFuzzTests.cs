using System.Globalization;
using Fib.AppHost;
using Fib.Tests.Support;
using Fib.Tests.System.Routers;

namespace Fib.Tests.System.Api;

/// <summary>Random requests through both routers. <c>FIB_FUZZ_REQUESTS</c> sets their number, <c>FIB_FUZZ_SEED</c> the seed.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class RequestFuzzTests(SystemFixture system)
{
    private static readonly int Requests = Read("FIB_FUZZ_REQUESTS", 2_000);
    private static readonly int Seed = Read("FIB_FUZZ_SEED", 2026);

    [Fact]
    public Task Send_RandomRequestsThroughYarp_NoServerError() =>
        AssertNoFaultAsync(system.System.Address);

    [Fact]
    public async Task Send_RandomRequestsThroughNginx_NoServerError()
    {
        using var api = system.System.CreateClient(ResourceNames.Api);
        using var web = system.System.CreateClient(ResourceNames.Web);
        await using var nginx = await RunningNginx.TryStartAsync(api.BaseAddress!.ToString(), web.BaseAddress!.ToString());
        Assert.SkipWhen(nginx is null, "nginx is not installed");
        await AssertNoFaultAsync(nginx.Client.BaseAddress!);
    }

    private async Task AssertNoFaultAsync(Uri router)
    {
        var faults = await new RequestFuzzer(router, Seed).RunAsync(Requests);
        Assert.True(faults.Count == 0, $"Seed {Seed}, {faults.Count} of {Requests}:\n{string.Join('\n', faults.Take(20))}");
        await system.Gateway.ComputeAsync(7);
    }

    private static int Read(string variable, int defaultValue) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : defaultValue;
}
