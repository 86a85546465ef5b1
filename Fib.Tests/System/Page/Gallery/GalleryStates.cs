using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Fib.AppHost;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;
using Microsoft.Playwright;

namespace Fib.Tests.System.Page.Gallery;

/// <summary>Puts a new system into one state after another, and records each.</summary>
internal sealed class GalleryStates(FibSystem system, ScreenshotRecorder recorder)
{
    private const int Pending = 4_242;

    private static readonly int[] Samples = [300, 10, 1_000_000, 90, 100_000, 7];

    public async Task RecordAsync()
    {
        await RecordAsync("home-empty", "/");
        await RecordAsync("not-found", "/no-such-page", fails: true);
        await RecordAsync("term-unknown", "/terms/8");
        foreach (var index in Samples)
            await system.Gateway.ComputeAsync(index);
        await RecordComputedAsync();
        await RecordPendingAsync();
        await system.WithoutAsync(ResourceNames.Postgres, async () =>
        {
            await RecordAsync("home-unavailable", "/", fails: true);
            await RecordAsync("term-unavailable", "/terms/7", fails: true);
        });
        await Eventually.FindAsync("the api responds again", async token => await system.Gateway.GetCurrentAsync(token));
        await system.WithoutAsync(ResourceNames.Web, () => RecordAsync("web-unavailable", "/", fails: true));
        await RecordPagedAsync();
    }

    private async Task RecordComputedAsync()
    {
        await RecordAsync("home-computed", "/", page => Assertions.Expect(page.Page.Locator("#live")).ToContainTextAsync("automatically"));
        await RecordAsync("home-rejected", "/", async page =>
        {
            await page.SubmitAsync("5, 100000001");
            await Assertions.Expect(page.Reason).ToContainTextAsync("too high");
            await page.Line(5).WaitForAsync();
        });
        await RecordAsync("home-filtered", "/?index=7");
        await RecordAsync("term-short", "/terms/7");
        await RecordAsync("term-large", "/terms/1000000");
        await RecordAsync("other-page", "/otherpage");
    }

    private async Task RecordPendingAsync()
    {
        await system.WithoutAsync(ResourceNames.Worker, async () =>
        {
            await system.Gateway.SubmitAsync(Pending);
            await RecordAsync("home-pending", "/");
            await RecordAsync("term-pending", $"/terms/{Pending}");
        });
        await system.Gateway.UntilComputedAsync(Pending);
    }

    private async Task RecordPagedAsync()
    {
        using var response = await system.Gateway.PostAsJsonAsync("/api/values/batch", new { indexes = Enumerable.Range(1, 60) });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await system.Gateway.UntilComputedAsync(60);
        var next = (await system.Gateway.GetFromJsonAsync<JsonElement>("/api/values?limit=50")).GetProperty("next").GetString();
        await RecordAsync("home-paged", $"/?before={next}");
    }

    private Task RecordAsync(string state, string path, Func<BrowserPage, Task>? act = null, bool fails = false) =>
        recorder.RecordAsync(state, system.Address, path, act, fails);
}
