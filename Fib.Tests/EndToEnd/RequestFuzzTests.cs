using System.Globalization;
using Fib.AppHost;
using Fib.LocalSystem.Processes;
using Fib.Tests.Publishing.Outputs;
using Fib.Tests.Support;

namespace Fib.Tests.EndToEnd;

/// <summary>Random requests through both routers. <c>FIB_FUZZ_REQUESTS</c> and <c>FIB_FUZZ_SEED</c> ask for more of them, and for others.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class RequestFuzzTests(SystemFixture system)
{
    private static readonly int Requests = Read("FIB_FUZZ_REQUESTS", 2_000);
    private static readonly int Seed = Read("FIB_FUZZ_SEED", 2026);

    [Fact]
    public Task Send_RandomRequestsThroughYarp_NoneIsAServersError() => AssertNoFaultAsync(system.System.Address);

    [Fact]
    public async Task Send_RandomRequestsThroughNginx_NoneIsAServersError()
    {
        Assert.SkipUnless(Command.Exists("nginx"), "nginx is not installed");
        using var api = system.System.CreateClient(ResourceNames.Api);
        using var web = system.System.CreateClient(ResourceNames.Web);
        await using var nginx = await RunningNginx.StartAsync(api.BaseAddress!.ToString(), web.BaseAddress!.ToString());
        await AssertNoFaultAsync(nginx.Client.BaseAddress!);
    }

    private async Task AssertNoFaultAsync(Uri router)
    {
        var wrong = await new RequestFuzzer(router, Seed).RunAsync(Requests);
        Assert.True(wrong.Count == 0, $"Seed {Seed}, {wrong.Count} of {Requests}:\n{string.Join('\n', wrong.Take(20))}");
        await system.Gateway.ComputeAsync(7);
    }

    private static int Read(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
