namespace Fib.Tests.System.Routers;

public sealed class NginxTests : RouterTests
{
    [Fact]
    public async Task Get_Request_CarriesHostAndScheme()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/values/all") { Headers = { { "X-Forwarded-Proto", "https" } } };
        using var response = await Client.SendAsync(request);
        Assert.Equal(Client.BaseAddress!.Authority, response.Headers.GetValues("X-Seen-Host").Single());
        Assert.Equal("https", response.Headers.GetValues("X-Seen-Forwarded").Single());
    }

    private protected override async Task<IRouter?> StartRouterAsync(string api, string web) => await RunningNginx.TryStartAsync(api, web);
}
