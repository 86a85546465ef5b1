using System.Globalization;
using Fib.Tests.Support;
using Microsoft.Playwright;

namespace Fib.Tests.System.Page;

/// <summary>Tests that what arrives later neither moves the focus or the page, nor takes what the user is typing.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.Browser)]
public sealed class FocusTests(SystemFixture system, BrowserFixture browser)
{
    private const string ActiveId = "document.activeElement.id";

    [Fact]
    public async Task Refresh_WithoutTheRowThatHasTheFocus_FocusesTheList()
    {
        await using var page = await browser.OpenListedAsync(system.System.Address);
        await page.AnswerListAsync((8, 5, "Computed"), (7, 6, "Computed"));
        await page.RefreshAsync();
        await page.Row(6).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Copy the term" }).FocusAsync();

        await page.AnswerListAsync((8, 5, "Computed"));
        await page.RefreshAsync();
        await Assertions.Expect(page.Row(6)).ToHaveCountAsync(0);
        Assert.Equal("terms", await page.Page.EvaluateAsync<string>(ActiveId));
    }

    [Fact]
    public async Task ShowMore_TheLastDigits_FocusesThem()
    {
        // 10,450 digits, of which the page shows 10,000.
        const int index = 50_000;
        await system.Gateway.ComputeAsync(index);
        await using var page = await browser.OpenAsync(system.System.Address, $"/terms/{index}");
        var more = page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Show more" });
        await more.FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Page.Locator(".chunk")).ToBeFocusedAsync();
        await Assertions.Expect(more).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Submit_OnAFilteredPageWhileTheUserTypes_KeepsTheText()
    {
        var index = system.NextIndex();
        await using var page = await browser.OpenListedAsync(system.System.Address, "/?index=3");
        var release = await page.HoldSubmissionAsync(route => route.ContinueAsync());
        await page.SubmitAsync(Text(index));
        await page.Field.FillAsync("5, 10");

        release.SetResult();
        await Assertions.Expect(page.SubmitStatus).ToContainTextAsync(Text(index));
        Assert.Equal("/?index=3", new Uri(page.Page.Url).PathAndQuery);
        await Assertions.Expect(page.Field).ToHaveValueAsync("5, 10");
    }

    [Fact]
    public async Task Submit_AnsweredAfterTheUserScrolled_DoesNotScrollBack()
    {
        var index = system.NextIndex();
        await using var page = await browser.OpenListedAsync(system.System.Address);
        var release = await page.HoldSubmissionAsync(route => route.ContinueAsync());
        await page.SubmitAsync(Text(index));
        await page.Page.EvaluateAsync("document.activeElement.blur(); scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })");

        release.SetResult();
        await Assertions.Expect(page.Field).ToHaveValueAsync("");
        await Assertions.Expect(page.SubmitStatus).ToHaveTextAsync($"Index {index} is calculated.");
        Assert.True(await page.Page.EvaluateAsync<bool>("scrollY > 0"));
        Assert.Equal("", await page.Page.EvaluateAsync<string>(ActiveId));
    }

    /// <summary>A screen reader reads only changes of elements that it knows.</summary>
    [Fact]
    public async Task Notice_WithoutText_IsNotHiddenFromScreenReaders()
    {
        await using var page = await browser.OpenListedAsync(system.System.Address);
        var notice = page.Page.Locator("#notice");
        await Assertions.Expect(notice).ToBeEmptyAsync();
        await Assertions.Expect(notice).ToHaveAttributeAsync("role", "status");
        Assert.Equal("block", await notice.EvaluateAsync<string>("notice => getComputedStyle(notice).display"));
    }

    private static string Text(int index) => index.ToString(CultureInfo.InvariantCulture);
}
