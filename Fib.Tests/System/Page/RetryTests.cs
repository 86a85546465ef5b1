using Fib.LocalSystem.Processes;
using Fib.Tests.Support;
using Microsoft.Playwright;

namespace Fib.Tests.System.Page;

/// <summary>Tests that a failure from before a retry, and a list from before an outcome, do not replace what the page knows.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.Browser)]
public sealed class RetryTests(SystemFixture system, BrowserFixture browser)
{
    [Fact]
    public async Task Failed_BeforeAListedRetry_IsIgnored()
    {
        await using var page = await browser.OpenListedAsync(system.System.Address);
        await page.AnswerListAsync((9, 6, "Pending"), (8, 5, "Pending"));
        await page.RefreshAsync();
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
        await page.RefreshAsync();
        await Assertions.Expect(page.Row(6)).ToHaveAttributeAsync("data-state", "Failed");
        // At once: the next refresh would hide a change.
        Assert.Equal("Pending", await page.Row(5).GetAttributeAsync("data-state"));
    }

    [Fact]
    public async Task Submit_AFailedIndexAgain_IgnoresTheFailureBefore()
    {
        await using var page = await browser.OpenListedAsync(system.System.Address);
        await page.AnswerListAsync((9, 5, "Pending"));
        var (requested, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        await page.Page.RouteAsync(ListAnswers.Pattern, async route =>
        {
            requested.SetResult();
            await release.Task;
            await route.FulfillAsync(new() { Json = ListAnswers.Create((8, 5, "Failed")) });
        }, new() { Times = 1 });
        await page.RefreshAsync();
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
        await page.Page.RunAndWaitForResponseAsync(() => Task.FromResult(release.TrySetResult()), ListAnswers.Pattern);
        await page.Page.RunAndWaitForResponseAsync(() => page.RefreshAsync(), ListAnswers.Pattern);
        await Assertions.Expect(page.SubmitStatus).Not.ToHaveAttributeAsync("data-changed", "");
    }

    /// <summary>Without the events between, only the list says that the index is pending again, and then computed.</summary>
    [Fact]
    public async Task Submit_AFailedIndexAgainWithoutEvents_ShowsWhatIsListed()
    {
        await using var page = await browser.OpenListedAsync(system.System.Address);
        await page.AnswerListAsync((9, 5, "Pending"));
        var answer = await page.HoldSubmissionAsync(
            route => route.FulfillAsync(new() { Json = new { results = new[] { new { index = "5", accepted = true } } } }));
        await page.SubmitAsync("5");
        await DispatchAsync(page, "failed", 8, 5);
        answer.SetResult();
        await Assertions.Expect(page.SubmitStatus).ToHaveTextAsync("Index 5 was accepted.");
        await page.AnswerListAsync((9, 5, "Computed"));
        await page.RefreshAsync();
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
        await using var page = await browser.OpenListedAsync(system.System.Address);
        await page.AnswerListAsync((8, 6, "Computed"));
        var (requested, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        await page.Page.RouteAsync("**/api/values?limit=500", async route =>
        {
            requested.TrySetResult();
            await release.Task;
            await route.FulfillAsync(new() { Json = ListAnswers.Create((9, 5, "Pending")) });
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

    /// <summary>A browser may put the value of another row's field back after a reload.</summary>
    [Fact]
    public async Task TryAgain_AFieldWithAnotherIndex_SubmitsTheIndexOfTheRow()
    {
        await using var page = await browser.OpenListedAsync(system.System.Address);
        await page.AnswerListAsync((8, 5, "Failed"));
        await page.RefreshAsync();
        await page.Row(5).Locator("input[name=index]").EvaluateAsync("field => field.value = 6");
        var request = await page.Page.RunAndWaitForRequestAsync(
            () => page.Row(5).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Try again" }).ClickAsync(),
            "**/api/values/batch");
        Assert.Equal("""{"indexes":["5"]}""", request.PostData);
    }

    private static async Task DispatchAsync(BrowserPage page, string type, int id, int index) => await page.Page.EvaluateAsync(
        """
        async ([type, id, index]) => {
          const { events } = await import('/js/events.js');
          events.dispatchEvent(new CustomEvent(type, { detail: { data: { id, index, reason: 'It fails.' }, id } }));
        }
        """,
        new object[] { type, id, index });
}
