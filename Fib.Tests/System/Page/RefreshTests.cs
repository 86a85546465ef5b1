using System.Text.Json.Nodes;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;
using Microsoft.Playwright;

namespace Fib.Tests.System.Page;

/// <summary>Tests of the refreshes of the page, with answers of the api that are rare or late.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.Browser)]
public sealed class RefreshTests(SystemFixture system, BrowserFixture browser)
{
    [Fact]
    public async Task Submit_WithoutEvents_IsShownWhenItIsComputed()
    {
        var index = system.NextIndex();
        await using var page = await browser.CreateAsync(system.System.Address, new());
        await page.Page.RouteAsync("**/api/values/events", route => route.FulfillAsync(new() { Status = 503 }));
        await page.GotoAsync("/");
        await page.Page.RouteAsync(ListAnswers.Pattern, async route =>
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
        await using var page = await browser.OpenListedAsync(system.System.Address, "/?accepted=2");
        await system.Gateway.ComputeAsync(index);
        await page.Line(index).WaitForAsync();
        await Assertions.Expect(page.SubmitStatus).ToHaveTextAsync("2 indexes were accepted.");

        await page.ReloadAsync();
        await Assertions.Expect(page.SubmitStatus).ToBeEmptyAsync();
    }

    [Fact]
    public async Task Refresh_AfterTheDatabaseWasRecreated_ListsOnlyItsSubmissions()
    {
        var index = system.NextIndex();
        await system.Gateway.ComputeAsync(index);
        await using var page = await browser.OpenListedAsync(system.System.Address);
        await page.Line(index).WaitForAsync();
        await page.AnswerListAsync((1, 5, "Failed"));
        await page.RefreshAsync();
        await Assertions.Expect(page.Seen).ToHaveTextAsync(["5"]);
        await Assertions.Expect(page.Row(index)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Refresh_AFailedIndexThatIsPendingAgain_ShowsItAsPending()
    {
        await using var page = await browser.OpenListedAsync(system.System.Address);
        await page.AnswerListAsync((1, 5, "Failed"));
        await page.RefreshAsync();
        await Assertions.Expect(page.Row(5)).ToHaveAttributeAsync("data-state", "Failed");
        await page.AnswerListAsync((1, 5, "Pending"));
        await page.RefreshAsync();
        await Assertions.Expect(page.Row(5)).ToHaveAttributeAsync("data-state", "Pending");
    }

    [Fact]
    public async Task Refresh_AnsweredAfterALaterOne_DoesNotReplaceItsOutcome()
    {
        await using var page = await browser.OpenListedAsync(system.System.Address);
        var (requested, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        await page.AnswerListAsync((2, 5, "Computed"));
        await page.Page.RouteAsync(ListAnswers.Pattern, async route =>
        {
            requested.SetResult();
            await release.Task;
            await route.FulfillAsync(new() { Json = ListAnswers.Create((1, 6, "Failed"), (2, 5, "Failed")) });
        }, new() { Times = 1 });
        await page.RefreshAsync();
        await requested.Task.WaitAsync(Eventually.DefaultTimeout);
        await page.RefreshAsync();
        await Assertions.Expect(page.Row(5)).ToHaveAttributeAsync("data-state", "Computed");
        release.SetResult();
        await Assertions.Expect(page.Row(6)).ToHaveAttributeAsync("data-state", "Failed");
        await Assertions.Expect(page.Row(5)).ToHaveAttributeAsync("data-state", "Computed");
    }

    [Fact]
    public async Task TryAgain_WithTheKeyboard_MovesTheFocusToItsIndex()
    {
        var index = system.NextIndex();
        await using var page = await browser.OpenListedAsync(system.System.Address);
        await page.AnswerListAsync((2, 6, "Computed"), (1, index, "Failed"));
        await page.RefreshAsync();
        var button = page.Row(index).GetByRole(
            AriaRole.Button, new LocatorGetByRoleOptions { Name = $"Try again to calculate the term of index {index}" });
        await button.FocusAsync();
        var release = await page.HoldSubmissionAsync(route => route.ContinueAsync());
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Row(index)).ToHaveAttributeAsync("data-state", "Pending");
        await Assertions.Expect(page.Row(index).Locator("[data-slot=index]")).ToBeFocusedAsync();
        await page.Page.RunAndWaitForResponseAsync(() => Task.FromResult(release.TrySetResult()), "**/api/values/batch");
    }

    /// <summary>The server renders the other text while the api is unavailable.</summary>
    [Fact]
    public async Task Refresh_OfAnEmptyListThatWasUnavailable_SaysWhyItIsEmpty()
    {
        var index = system.NextIndex();
        await using var page = await browser.OpenListedAsync(system.System.Address, $"/?index={index}");
        var text = page.Page.Locator("#results .empty");
        await page.Page.EvaluateAsync(
            "document.querySelectorAll('#results .empty').forEach(text => text.textContent = 'Results are unavailable.')");
        await page.RefreshAsync();
        await Assertions.Expect(text).ToHaveTextAsync([$"Index {index} was not submitted yet.", $"Index {index} was not submitted yet."]);
    }
}
