using System.Net;
using Fib.AppHost;
using Fib.LocalSystem.Events;
using Fib.LocalSystem.Processes;
using Fib.LocalSystem.Services;
using Fib.Tests.Support;

namespace Fib.Tests.EndToEnd;

/// <summary>Many who come at once, to a web with the heap that a container of 128 MiB leaves it.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class CrowdTests(SystemFixture system)
{
    private const int Visitors = 64;
    private const int Pages = 10;

    [Fact]
    public async Task MorePagesAtOnceThanMemoryHolds_AreAllAnswered()
    {
        using (var answer = await system.System.Gateway.PostJsonAsync($$"""{"indexes":[{{string.Join(',', Enumerable.Range(3_000, 60))}}]}""", "/api/values/batch"))
            answer.EnsureSuccessStatusCode();
        using var api = system.System.CreateClient(ResourceNames.Api);
        using var logs = new TemporaryFolder("fib-crowd-");
        await using var web = await LocalService.StartAsync("Fib.Web", logs.Path,
        [
            new("services__api__http__0", api.BaseAddress!.ToString()),
            new("DOTNET_GCHeapHardLimit", "0x4000000"), new("DOTNET_gcServer", "0"), new("DOTNET_gcConcurrent", "0"),
        ]);

        using var http = new HttpClient(new BackPressureHandler(new SocketsHttpHandler())) { BaseAddress = web.Address, Timeout = TimeSpan.FromMinutes(2) };
        var answers = await Task.WhenAll(Enumerable.Range(0, Visitors).Select(_ => VisitAsync(http)));

        Assert.All(answers.SelectMany(all => all), status => Assert.Equal(HttpStatusCode.OK, status));
    }

    private static async Task<HttpStatusCode[]> VisitAsync(HttpClient http)
    {
        var answers = new HttpStatusCode[Pages];
        for (var page = 0; page < Pages; page++)
        {
            using var answer = await http.GetAsync("");
            answers[page] = answer.StatusCode;
        }

        return answers;
    }
}
