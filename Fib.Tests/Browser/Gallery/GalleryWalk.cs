using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Fib.AppHost;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;
using Microsoft.Playwright;

namespace Fib.Tests.Browser.Gallery;

/// <summary>Brings a new system into one state after another, and takes pictures of each.</summary>
internal sealed class GalleryWalk(FibSystem system, Camera camera)
{
    private const int Pending = 4_242;

    private static readonly int[] Samples = [300, 10, 1_000_000, 90, 100_000, 7];

    public async Task WalkAsync()
    {
        await TakeAsync("home-empty", "/");
        await TakeAsync("not-found", "/no-such-page", fails: true);
        await TakeAsync("term-unknown", "/terms/8");
        foreach (var index in Samples)
            await system.Gateway.ComputeAsync(index);
        await TakeComputedAsync();
        await TakePendingAsync();
        await system.WithoutAsync(ResourceNames.Postgres, async () =>
        {
            await TakeAsync("home-away", "/", fails: true);
            await TakeAsync("term-away", "/terms/7", fails: true);
        });
        await Eventually.FindAsync("the api reads again", async token => await system.Gateway.GetCurrentAsync(token));
        await system.WithoutAsync(ResourceNames.Web, () => TakeAsync("web-away", "/", fails: true));
        await TakePagedAsync();
    }

    private async Task TakeComputedAsync()
    {
        await TakeAsync("home-computed", "/", page => Assertions.Expect(page.Page.Locator("#live")).ToContainTextAsync("by themselves"));
        await TakeAsync("home-refused", "/", async page =>
        {
            await page.SubmitAsync("5, 100000001");
            await Assertions.Expect(page.Reason).ToContainTextAsync("too high");
            await page.Line(5).WaitForAsync();
        });
        await TakeAsync("home-filtered", "/?index=7");
        await TakeAsync("term-short", "/terms/7");
        await TakeAsync("term-large", "/terms/1000000");
        await TakeAsync("other-page", "/otherpage");
    }

    private async Task TakePendingAsync()
    {
        await system.WithoutAsync(ResourceNames.Worker, async () =>
        {
            await system.Gateway.SubmitAsync(Pending);
            await TakeAsync("home-pending", "/");
            await TakeAsync("term-pending", $"/terms/{Pending}");
        });
        await system.Gateway.UntilComputedAsync(Pending);
    }

    private async Task TakePagedAsync()
    {
        using var answer = await system.Gateway.PostAsJsonAsync("/api/values/batch", new { indexes = Enumerable.Range(1, 60) });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await system.Gateway.UntilComputedAsync(60);
        var next = (await system.Gateway.GetFromJsonAsync<JsonElement>("/api/values?limit=50")).GetProperty("next").GetString();
        await TakeAsync("home-paged", $"/?before={next}");
    }

    private Task TakeAsync(string state, string path, Func<BrowserPage, Task>? act = null, bool fails = false) =>
        camera.TakeAsync(state, system.Address, path, act, fails);
}
