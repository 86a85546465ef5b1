using System.Net;
using Fib.AppHost;
using Fib.LocalSystem.Events;
using Fib.LocalSystem.Processes;
using Fib.LocalSystem.Services;
using Fib.Tests.Support;

namespace Fib.Tests.System.Page;

/// <summary>Concurrent page requests to a web whose heap is limited as in a container of 128 MiB.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class ConcurrentPageTests(SystemFixture system)
{
    private const int Clients = 64;
    private const int Pages = 10;

    [Fact]
    public async Task Get_MoreConcurrentPagesThanFitMemory_AllAre200()
    {
        var batch = $$"""{"indexes":[{{string.Join(',', Enumerable.Range(3_000, 60))}}]}""";
        using (var response = await system.System.Gateway.PostJsonAsync(batch, "/api/values/batch"))
            response.EnsureSuccessStatusCode();
        using var api = system.System.CreateClient(ResourceNames.Api);
        using var logs = new TemporaryFolder("fib-pages-");
        await using var web = await LocalService.StartAsync("Fib.Web", logs.Path,
        [
            new("services__api__http__0", api.BaseAddress!.ToString()),
            new("DOTNET_GCHeapHardLimit", "0x4000000"), new("DOTNET_gcServer", "0"), new("DOTNET_gcConcurrent", "0"),
        ]);

        using var http = new HttpClient(new BackPressureHandler(new SocketsHttpHandler()));
        (http.BaseAddress, http.Timeout) = (web.Address, TimeSpan.FromMinutes(2));
        var responses = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => GetPagesAsync(http)));

        Assert.All(responses.SelectMany(all => all), status => Assert.Equal(HttpStatusCode.OK, status));
    }

    private static async Task<HttpStatusCode[]> GetPagesAsync(HttpClient http)
    {
        var responses = new HttpStatusCode[Pages];
        for (var page = 0; page < Pages; page++)
        {
            using var response = await http.GetAsync("");
            responses[page] = response.StatusCode;
        }

        return responses;
    }
}
