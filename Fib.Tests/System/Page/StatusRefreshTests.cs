using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;
using Microsoft.Playwright;

namespace Fib.Tests.System.Page;

/// <summary>Tests of the refreshes of the system's status, with answers of the api that are older or later than others.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.Browser)]
public sealed class StatusRefreshTests(SystemFixture system, BrowserFixture browser)
{
    private const string Status = "**/api/system";

    /// <summary>Apis share a reading of the status for a second, so it may lack the last submission.</summary>
    [Theory]
    [InlineData("2020-01-01T00:00:00Z", false)]
    [InlineData("2100-01-01T00:00:00Z", true)]
    public async Task Refresh_OfAStatusWithALowerId_ShowsItIfItWasStoredLater(string storedAt, bool isShown)
    {
        var index = system.NextIndex();
        await using var page = await browser.OpenListedAsync(system.System.Address);
        await system.Gateway.ComputeAsync(index);
        var (last, shown) = (page.Page.Locator("[data-field=index]"), page.Page.Locator("[data-stage=shown] .time"));
        await Assertions.Expect(last).ToHaveTextAsync($"index {index}");
        await Assertions.Expect(shown).ToHaveTextAsync(new Regex(@"\d"));
        await AnswerStatusAsync(page, status =>
        {
            (status["last"]![0]!["id"], status["last"]![0]!["index"], status["last"]![0]!["storedAt"]) = (1, 5, storedAt);
            status["workers"] = 77;
        });
        await page.RefreshAsync();
        await Assertions.Expect(page.Page.Locator("[data-field=workers]")).ToHaveTextAsync("77");
        await Assertions.Expect(last).ToHaveTextAsync($"index {(isShown ? 5 : index)}");
        await Assertions.Expect(shown).ToHaveTextAsync(new Regex(isShown ? "–" : @"\d"));
    }

    [Fact]
    public async Task Accepted_AfterTheDatabaseWasRecreated_IsShownAtOnce()
    {
        var (earlier, index) = (system.NextIndex(), system.NextIndex());
        await system.Gateway.ComputeAsync(earlier);
        await using var page = await browser.OpenListedAsync(system.System.Address);
        await AnswerStatusAsync(
            page,
            status => (status["last"]![0]!["id"], status["last"]![0]!["index"], status["last"]![0]!["storedAt"]) =
                (1_000_000_000_000, 5, "2020-01-01T00:00:00Z"),
            times: 1);
        await page.Page.RunAndWaitForResponseAsync(() => page.RefreshAsync(), "**/api/values/events");
        await Assertions.Expect(page.Page.Locator("[data-field=index]")).ToHaveTextAsync("index 5");
        await system.Gateway.ComputeAsync(index);
        await Assertions.Expect(page.Page.Locator("[data-field=index]")).ToHaveTextAsync($"index {index}");
        await Assertions.Expect(page.Page.Locator("[data-stage=shown] .time")).ToHaveTextAsync(new Regex(@"\d"));
    }

    [Fact]
    public async Task Refresh_OfTheStatusAnsweredAfterALaterOne_IsIgnored()
    {
        await using var page = await browser.OpenListedAsync(system.System.Address);
        var (requested, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        await AnswerStatusAsync(page, status => status["workers"] = 77);
        await page.Page.RouteAsync(Status, async route =>
        {
            requested.SetResult();
            await release.Task;
            await route.FulfillAsync(new() { Status = 503 });
        }, new() { Times = 1 });
        await page.RefreshAsync();
        await requested.Task.WaitAsync(Eventually.DefaultTimeout);
        await page.RefreshAsync();
        await Assertions.Expect(page.Page.Locator("[data-field=workers]")).ToHaveTextAsync("77");
        // The next refresh would hide a change.
        await page.Page.Locator("#system [data-field=state]").EvaluateAsync(
            "state => new MutationObserver(() => state.dataset.changed = '').observe(state, { childList: true })");
        await page.Page.RunAndWaitForResponseAsync(() => Task.FromResult(release.TrySetResult()), Status);
        await page.Page.EvaluateAsync("new Promise(requestAnimationFrame)");
        await Assertions.Expect(page.Page.Locator("#system [data-field=state]")).Not.ToHaveAttributeAsync("data-changed", "");
    }

    private static async Task AnswerStatusAsync(BrowserPage page, Action<JsonNode> change, int? times = null) =>
        await page.Page.RouteAsync(Status, async route =>
        {
            var response = await route.FetchAsync();
            var status = JsonNode.Parse(await response.TextAsync())!;
            change(status);
            await route.FulfillAsync(new() { Response = response, Body = status.ToJsonString() });
        }, new() { Times = times });
}
