using System.Net;
using Fib.AppHost;
using Fib.AppHost.Routing;
using Fib.Hosting.ElasticBeanstalk;
using Fib.Tests.Support;

namespace Fib.Tests.System.Routers;

/// <summary>Paths in the settings of a router mean the same with and without a final slash.</summary>
public abstract class FinalSlashTests : IAsyncLifetime
{
    private FakeUpstream _api = null!;
    private IRouter? _router;

    public async ValueTask InitializeAsync()
    {
        _api = await FakeUpstream.StartAsync("api");
        _router = await StartRouterAsync(_api.Address);
    }

    public async ValueTask DisposeAsync()
    {
        if (_router is not null)
            await _router.DisposeAsync();
        await _api.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData("/api/x", "api GET /x 0")]
    [InlineData("/api", "api GET / 0")]
    public async Task Get_BelowARemovedPrefix_IsForwardedWithoutIt(string path, string received)
    {
        Assert.SkipWhen(_router is null, "nginx is not installed");
        Assert.Equal(received, await _router.Client.GetStringAsync(path));
    }

    [Theory]
    [InlineData("/api/health")]
    [InlineData("/api/health/")]
    public async Task Get_BlockedPath_IsA404WithProblemDetails(string path)
    {
        Assert.SkipWhen(_router is null, "nginx is not installed");
        using var response = await _router.Client.GetAsync(path);
        await Problem.AssertAsync(HttpStatusCode.NotFound, response);
    }

    /// <returns>A router that removes <c>/api/</c> from paths, blocks <c>/api/health/</c> and has problem details below <c>/api/</c>.</returns>
    private protected abstract Task<IRouter?> StartRouterAsync(string api);
}

public sealed class GatewayFinalSlashTests : FinalSlashTests
{
    private static readonly RouteTable Table = new([new("api", "/api/", ResourceNames.Api) { PathRemovePrefix = "/api/" }])
    {
        BlockedPaths = ["/api/health/"],
        ProblemDetailsPath = "/api/",
    };

    private protected override async Task<IRouter?> StartRouterAsync(string api) =>
        await RunningGateway.StartAsync(api, FakeUpstream.GetFreeAddress(), null, YarpSettings.Read(Table));
}

public sealed class NginxFinalSlashTests : FinalSlashTests
{
    private protected override async Task<IRouter?> StartRouterAsync(string api) => await RunningNginx.TryStartAsync(
        [new NginxRoute("/api/", ResourceNames.Api) { PathRemovePrefix = "/api/" }],
        new NginxOptions { AlivePath = "/alive", BlockedPaths = { "/api/health/" }, ProblemDetailsPath = "/api/" },
        new() { [ResourceNames.Api] = RunningNginx.Of(api) });
}
