using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;
using Microsoft.Playwright;

namespace Fib.Tests.System.Page;

/// <summary>Tests of the refreshes of the page, with answers of the api that are rare or late.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.Browser)]
public sealed class RefreshTests(SystemFixture system, BrowserFixture browser)
{
    private const string Listing = "**/api/values?**";
    private const string Status = "**/api/system";

    [Fact]
    public async Task Submit_WithoutEvents_IsShownWhenItIsComputed()
    {
        var index = system.NextIndex();
        await using var page = await browser.CreateAsync(system.System.Address, new());
        await page.Page.RouteAsync("**/api/values/events", route => route.FulfillAsync(new() { Status = 503 }));
        await page.GotoAsync("/");
        await page.Page.RouteAsync(Listing, async route =>
        {
            var response = await route.FetchAsync();
            var listed = JsonNode.Parse(await response.TextAsync())!;
            foreach (var item in listed["items"]!.AsArray().Where(item => (int)item!["index"]! == index))
                (item!["state"], item["term"]) = ("Pending", null);
            await route.FulfillAsync(new() { Response = response, Body = listed.ToJsonString() });
        }, new() { Times = 1 });
        await page.SubmitAsync($"{index}");
        await Assertions.Expect(page.SubmitStatus).ToHaveTextAsync($"Index {index} was accepted.");
        await page.Line(index).WaitForAsync();
        await Assertions.Expect(page.SubmitStatus).ToHaveTextAsync($"Index {index} is calculated.");
    }

    [Fact]
    public async Task Open_AfterASubmissionWithoutScript_KeepsItsStatus()
    {
        var index = system.NextIndex();
        await using var page = await OpenAsync("/?accepted=2");
        await system.Gateway.ComputeAsync(index);
        await page.Line(index).WaitForAsync();
        await Assertions.Expect(page.SubmitStatus).ToHaveTextAsync("2 indexes were accepted.");
    }

    [Fact]
    public async Task Refresh_AfterTheDatabaseWasRecreated_ListsOnlyItsSubmissions()
    {
        var index = system.NextIndex();
        await system.Gateway.ComputeAsync(index);
        await using var page = await OpenAsync();
        await page.Line(index).WaitForAsync();
        await AnswerAsync(page, (1, 5, "Failed"));
        await RefreshAsync(page);
        await Assertions.Expect(page.Seen).ToHaveTextAsync(["5"]);
        await Assertions.Expect(page.Row(index)).ToHaveCountAsync(0);
    }

    /// <summary>Apis share a reading of the status for a second, so it may lack the last submission.</summary>
    [Theory]
    [InlineData("2020-01-01T00:00:00Z", false)]
    [InlineData("2100-01-01T00:00:00Z", true)]
    public async Task Refresh_OfAStatusWithALowerId_ShowsItIfItWasStoredLater(string storedAt, bool isShown)
    {
        var index = system.NextIndex();
        await using var page = await OpenAsync();
        await system.Gateway.ComputeAsync(index);
        var (last, shown) = (page.Page.Locator("[data-field=index]"), page.Page.Locator("[data-stage=shown] .time"));
        await Assertions.Expect(last).ToHaveTextAsync($"index {index}");
        await Assertions.Expect(shown).ToHaveTextAsync(new Regex(@"\d"));
        await AnswerStatusAsync(page, status =>
        {
            (status["last"]![0]!["id"], status["last"]![0]!["index"], status["last"]![0]!["storedAt"]) = (1, 5, storedAt);
            status["workers"] = 77;
        });
        await RefreshAsync(page);
        await Assertions.Expect(page.Page.Locator("[data-field=workers]")).ToHaveTextAsync("77");
        await Assertions.Expect(last).ToHaveTextAsync($"index {(isShown ? 5 : index)}");
        await Assertions.Expect(shown).ToHaveTextAsync(new Regex(isShown ? "–" : @"\d"));
    }

    [Fact]
    public async Task Accepted_AfterTheDatabaseWasRecreated_IsShownAtOnce()
    {
        var (earlier, index) = (system.NextIndex(), system.NextIndex());
        await system.Gateway.ComputeAsync(earlier);
        await using var page = await OpenAsync();
        await AnswerStatusAsync(
            page,
            status => (status["last"]![0]!["id"], status["last"]![0]!["index"], status["last"]![0]!["storedAt"]) =
                (1_000_000_000_000, 5, "2020-01-01T00:00:00Z"),
            times: 1);
        await page.Page.RunAndWaitForResponseAsync(() => RefreshAsync(page), "**/api/values/events");
        await Assertions.Expect(page.Page.Locator("[data-field=index]")).ToHaveTextAsync("index 5");
        await system.Gateway.ComputeAsync(index);
        await Assertions.Expect(page.Page.Locator("[data-field=index]")).ToHaveTextAsync($"index {index}");
        await Assertions.Expect(page.Page.Locator("[data-stage=shown] .time")).ToHaveTextAsync(new Regex(@"\d"));
    }

    [Fact]
    public async Task Refresh_OfTheStatusAnsweredAfterALaterOne_IsIgnored()
    {
        await using var page = await OpenAsync();
        var (requested, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        await AnswerStatusAsync(page, status => status["workers"] = 77);
        await page.Page.RouteAsync(Status, async route =>
        {
            requested.SetResult();
            await release.Task;
            await route.FulfillAsync(new() { Status = 503 });
        }, new() { Times = 1 });
        await RefreshAsync(page);
        await requested.Task.WaitAsync(Eventually.DefaultTimeout);
        await RefreshAsync(page);
        await Assertions.Expect(page.Page.Locator("[data-field=workers]")).ToHaveTextAsync("77");
        // The next refresh would hide a change.
        await page.Page.Locator("#system [data-field=state]").EvaluateAsync(
            "state => new MutationObserver(() => state.dataset.changed = '').observe(state, { childList: true })");
        await page.Page.RunAndWaitForResponseAsync(() => Task.FromResult(release.TrySetResult()), Status);
        await page.Page.EvaluateAsync("new Promise(requestAnimationFrame)");
        await Assertions.Expect(page.Page.Locator("#system [data-field=state]")).Not.ToHaveAttributeAsync("data-changed", "");
    }

    [Fact]
    public async Task Refresh_AFailedIndexThatIsPendingAgain_ShowsItAsPending()
    {
        await using var page = await OpenAsync();
        await AnswerAsync(page, (1, 5, "Failed"));
        await RefreshAsync(page);
        await Assertions.Expect(page.Row(5)).ToHaveAttributeAsync("data-state", "Failed");
        await AnswerAsync(page, (1, 5, "Pending"));
        await RefreshAsync(page);
        await Assertions.Expect(page.Row(5)).ToHaveAttributeAsync("data-state", "Pending");
    }

    [Fact]
    public async Task Refresh_AnsweredAfterALaterOne_DoesNotReplaceItsOutcome()
    {
        await using var page = await OpenAsync();
        var (requested, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        await AnswerAsync(page, (2, 5, "Computed"));
        await page.Page.RouteAsync(Listing, async route =>
        {
            requested.SetResult();
            await release.Task;
            await route.FulfillAsync(new() { Json = Listed((1, 6, "Failed"), (2, 5, "Failed")) });
        }, new() { Times = 1 });
        await RefreshAsync(page);
        await requested.Task.WaitAsync(Eventually.DefaultTimeout);
        await RefreshAsync(page);
        await Assertions.Expect(page.Row(5)).ToHaveAttributeAsync("data-state", "Computed");
        release.SetResult();
        await Assertions.Expect(page.Row(6)).ToHaveAttributeAsync("data-state", "Failed");
        await Assertions.Expect(page.Row(5)).ToHaveAttributeAsync("data-state", "Computed");
    }

    [Fact]
    public async Task TryAgain_WithTheKeyboard_MovesTheFocusToItsIndex()
    {
        var index = system.NextIndex();
        await using var page = await OpenAsync();
        await AnswerAsync(page, (2, 6, "Computed"), (1, index, "Failed"));
        await RefreshAsync(page);
        var button = page.Row(index).GetByRole(
            AriaRole.Button, new LocatorGetByRoleOptions { Name = $"Try again to calculate the term of index {index}" });
        await button.FocusAsync();
        var release = await page.HoldSubmissionAsync(route => route.ContinueAsync());
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Row(index)).ToHaveAttributeAsync("data-state", "Pending");
        await Assertions.Expect(page.Row(index).Locator("[data-slot=index]")).ToBeFocusedAsync();
        await page.Page.RunAndWaitForResponseAsync(() => Task.FromResult(release.TrySetResult()), "**/api/values/batch");
    }

    [Fact]
    public async Task Failed_BeforeAListedRetry_IsIgnored()
    {
        await using var page = await OpenAsync();
        await AnswerAsync(page, (9, 6, "Pending"), (8, 5, "Pending"));
        await RefreshAsync(page);
        await Assertions.Expect(page.Row(5)).ToHaveAttributeAsync("data-state", "Pending");
        const string Failures = """
            id: 7
            event: failed
            data: {"index":5,"reason":"It fails."}

            id: 10
            event: failed
            data: {"index":6,"reason":"It fails."}


            """;
        await page.Page.RouteAsync(
            "**/api/values/events", route => route.FulfillAsync(new() { ContentType = "text/event-stream", Body = Failures }));
        await RefreshAsync(page);
        await Assertions.Expect(page.Row(6)).ToHaveAttributeAsync("data-state", "Failed");
        // At once: the next refresh would hide a change.
        Assert.Equal("Pending", await page.Row(5).GetAttributeAsync("data-state"));
    }

    [Fact]
    public async Task Submit_AFailedIndexAgain_IgnoresTheFailureBefore()
    {
        await using var page = await OpenAsync();
        await AnswerAsync(page, (9, 5, "Pending"));
        var (requested, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        await page.Page.RouteAsync(Listing, async route =>
        {
            requested.SetResult();
            await release.Task;
            await route.FulfillAsync(new() { Json = Listed((8, 5, "Failed")) });
        }, new() { Times = 1 });
        await RefreshAsync(page);
        await requested.Task.WaitAsync(Eventually.DefaultTimeout);

        var answer = await page.HoldSubmissionAsync(
            route => route.FulfillAsync(new() { Json = new { results = new[] { new { index = "5", accepted = true } } } }));
        await page.SubmitAsync("5");
        await DispatchAsync(page, "failed", 8, 5);
        await DispatchAsync(page, "accepted", 9, 5);
        answer.SetResult();
        await Assertions.Expect(page.SubmitStatus).ToHaveTextAsync("Index 5 was accepted.");

        // The next refresh would hide a change.
        await page.SubmitStatus.EvaluateAsync(
            "status => new MutationObserver(() => status.dataset.changed = '').observe(status, { childList: true })");
        await page.Page.RunAndWaitForResponseAsync(() => Task.FromResult(release.TrySetResult()), Listing);
        await page.Page.RunAndWaitForResponseAsync(() => RefreshAsync(page), Listing);
        await Assertions.Expect(page.SubmitStatus).Not.ToHaveAttributeAsync("data-changed", "");
    }

    /// <summary>Without the events between, only the list says that the index is pending again, and then computed.</summary>
    [Fact]
    public async Task Submit_AFailedIndexAgainWithoutEvents_ShowsWhatIsListed()
    {
        await using var page = await OpenAsync();
        await AnswerAsync(page, (9, 5, "Pending"));
        var answer = await page.HoldSubmissionAsync(
            route => route.FulfillAsync(new() { Json = new { results = new[] { new { index = "5", accepted = true } } } }));
        await page.SubmitAsync("5");
        await DispatchAsync(page, "failed", 8, 5);
        answer.SetResult();
        await Assertions.Expect(page.SubmitStatus).ToHaveTextAsync("Index 5 was accepted.");
        await AnswerAsync(page, (9, 5, "Computed"));
        await RefreshAsync(page);
        await Assertions.Expect(page.SubmitStatus).ToHaveTextAsync("Index 5 is calculated.");

        // Again, after a reconnection.
        await DispatchAsync(page, "failed", 8, 5);
        Assert.Equal("Index 5 is calculated.", await page.SubmitStatus.TextContentAsync());
        await DispatchAsync(page, "accepted", 9, 5);
        Assert.Equal("Index 5 is calculated.", await page.SubmitStatus.TextContentAsync());
    }

    [Fact]
    public async Task Submit_AnIndexThatIsComputedWhileAListIsRead_IsCalculated()
    {
        await using var page = await OpenAsync();
        await AnswerAsync(page, (8, 6, "Computed"));
        var (requested, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        await page.Page.RouteAsync("**/api/values?limit=500", async route =>
        {
            requested.TrySetResult();
            await release.Task;
            await route.FulfillAsync(new() { Json = Listed((9, 5, "Pending")) });
        });
        var answer = await page.HoldSubmissionAsync(
            route => route.FulfillAsync(new() { Json = new { results = new[] { new { index = "5", accepted = true } } } }));
        answer.SetResult();
        await page.SubmitAsync("5");
        await requested.Task.WaitAsync(Eventually.DefaultTimeout);
        await DispatchAsync(page, "computed", 10, 5);
        release.SetResult();
        await Assertions.Expect(page.SubmitStatus).ToHaveTextAsync("Index 5 is calculated.");
    }

    /// <summary>The server renders the other text while the api is unavailable.</summary>
    [Fact]
    public async Task Refresh_OfAnEmptyListThatWasUnavailable_SaysWhyItIsEmpty()
    {
        var index = system.NextIndex();
        await using var page = await OpenAsync($"/?index={index}");
        var text = page.Page.Locator("#results .empty");
        await page.Page.EvaluateAsync(
            "document.querySelectorAll('#results .empty').forEach(text => text.textContent = 'Results are unavailable.')");
        await RefreshAsync(page);
        await Assertions.Expect(text).ToHaveTextAsync([$"Index {index} was not submitted yet.", $"Index {index} was not submitted yet."]);
    }

    /// <summary>The page reads the list when its event stream is open.</summary>
    private async Task<BrowserPage> OpenAsync(string path = "/")
    {
        var page = await browser.CreateAsync(system.System.Address, new());
        await page.Page.RunAndWaitForResponseAsync(
            () => page.GotoAsync(path), response => response.Url.Contains("/api/values?", StringComparison.Ordinal));
        return page;
    }

    /// <summary>A page that is shown again refreshes.</summary>
    private static async Task RefreshAsync(BrowserPage page)
    {
        await page.Page.SetHiddenAsync(true);
        await page.Page.SetHiddenAsync(false);
    }

    private static async Task DispatchAsync(BrowserPage page, string type, int id, int index) => await page.Page.EvaluateAsync(
        """
        async ([type, id, index]) => {
          const { events } = await import('/js/events.js');
          events.dispatchEvent(new CustomEvent(type, { detail: { data: { id, index, reason: 'It fails.' }, id } }));
        }
        """,
        new object[] { type, id, index });

    private static async Task AnswerStatusAsync(BrowserPage page, Action<JsonNode> change, int? times = null) =>
        await page.Page.RouteAsync(Status, async route =>
        {
            var response = await route.FetchAsync();
            var status = JsonNode.Parse(await response.TextAsync())!;
            change(status);
            await route.FulfillAsync(new() { Response = response, Body = status.ToJsonString() });
        }, new() { Times = times });

    private static async Task AnswerAsync(BrowserPage page, params (int Id, int Index, string State)[] items) =>
        await page.Page.RouteAsync(Listing, route => route.FulfillAsync(new() { Json = Listed(items) }));

    private static object Listed(params (int Id, int Index, string State)[] items) => new
    {
        items = items.Select(item => new
        {
            id = item.Id,
            index = item.Index,
            state = item.State,
            term = item.State == "Computed" ? "5" : null,
            reason = item.State == "Failed" ? "It fails." : null,
        }),
    };
}
