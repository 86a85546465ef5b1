using System.Globalization;
using System.Text.RegularExpressions;
using Fib.AppHost;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;
using Microsoft.Playwright;

namespace Fib.Tests.System.Page;

/// <summary>Tests of the page in a real browser, through the gateway.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.Browser)]
public sealed class CalculatorTests(SystemFixture system, BrowserFixture browser)
{
    [Fact]
    public async Task Submit_Seven_ShowsThirteenWithoutAReload()
    {
        await using var page = await OpenAsync();
        await page.Page.EvaluateAsync("window.sameDocument = true");
        await page.SubmitAsync("7");

        await page.Line(7).WaitForAsync();
        await Assertions.Expect(page.Seen.First).ToHaveTextAsync("7");
        await Assertions.Expect(page.Field).ToHaveValueAsync("");
        Assert.True(await page.Page.EvaluateAsync<bool>("window.sameDocument === true"));
        Assert.Empty(page.Errors);
        await page.PictureAsync("calculated");
    }

    [Fact]
    public async Task Open_HomePage_HasItsHeadingsLinksAndField()
    {
        await using var page = await OpenAsync();
        Assert.Equal("Fib Calculator", await page.Page.TitleAsync());
        foreach (var heading in (string[])["Fib Calculator", "Indexes I have seen:", "Calculated Values:"])
            await ExpectVisibleAsync(page, AriaRole.Heading, heading);
        foreach (var link in (string[])["Home", "Other Page"])
            await ExpectVisibleAsync(page, AriaRole.Link, link);
        await Assertions.Expect(page.Field).ToBeVisibleAsync();
        await Assertions.Expect(page.Field).ToHaveAccessibleDescriptionAsync(new Regex("from 0 to 10,000,000"));
        Assert.Empty(page.Errors);
    }

    [Theory]
    [InlineData("10000001", "Index too high")]
    [InlineData("-1", "whole number")]
    [InlineData("seven", "whole number")]
    [InlineData("", "whole number")]
    public async Task Submit_ARejectedIndex_ShowsTheReasonBesideTheField(string index, string reason)
    {
        await using var page = await OpenAsync();
        await page.SubmitAsync(index);
        await Assertions.Expect(page.Reason).ToContainTextAsync(reason);
        await Assertions.Expect(page.Field).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(page.Field).ToHaveValueAsync(index);
        if (index == "10000001")
            await page.PictureAsync("rejected");

        await page.SubmitAsync("7");
        await Assertions.Expect(page.Field).ToHaveValueAsync("");
        await Assertions.Expect(page.Reason).ToBeEmptyAsync();
        await Assertions.Expect(page.Field).Not.ToHaveAttributeAsync("aria-invalid", "true");
    }

    [Fact]
    public async Task Submit_WithoutJavaScript_TheTermIsShownAfterAReload()
    {
        var index = system.NextIndex();
        await using var page = await OpenAsync(javaScript: false);
        await page.SubmitAsync(index.ToString(CultureInfo.InvariantCulture));
        await Assertions.Expect(page.Seen.First).ToHaveTextAsync(index.ToString(CultureInfo.InvariantCulture));
        await Eventually.HoldsAsync($"the term of index {index} in the page", async _ =>
        {
            await page.ReloadAsync();
            return await page.Line(index).CountAsync() == 1;
        });
        await page.PictureAsync("without-javascript");
    }

    [Fact]
    public async Task Submit_ARejectedIndexWithoutJavaScript_ShowsTheReason()
    {
        await using var page = await OpenAsync(javaScript: false);
        await page.SubmitAsync("10000001");
        await Assertions.Expect(page.Reason).ToHaveTextAsync("Index too high");
        await Assertions.Expect(page.Field).ToHaveValueAsync("10000001");
    }

    [Fact]
    public async Task Submit_InOnePage_AppearsInAnotherByEvents()
    {
        var index = system.NextIndex();
        await using var one = await OpenAsync();
        await using var other = await OpenAsync();
        await Assertions.Expect(other.Page.Locator("#live")).ToContainTextAsync("automatically");
        await other.Page.RouteAsync("**/api/values?**", route => route.AbortAsync());
        await one.SubmitAsync(index.ToString(CultureInfo.InvariantCulture));

        await other.Line(index).WaitForAsync();
        await Assertions.Expect(other.Seen.First).ToHaveTextAsync(index.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Submit_ALongTerm_IsShortenedAndFitsThePage()
    {
        var index = system.NextLongIndex();
        await using var page = await OpenAsync();
        await page.SubmitAsync(index.ToString(CultureInfo.InvariantCulture));
        await Assertions.Expect(page.Page.GetByText($"For index {index} I calculated")).ToContainTextAsync("digits)");
        Assert.True(await page.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
    }

    [Fact]
    public async Task Follow_LinkToOtherPageAndBack_ShowsBothPages()
    {
        await using var page = await OpenAsync();
        await page.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Other Page" }).ClickAsync();
        await Assertions.Expect(page.Page).ToHaveURLAsync(new Uri(system.System.Address, "/otherpage").ToString());
        await ExpectVisibleAsync(page, AriaRole.Heading, "Other Page");
        await page.PictureAsync("other-page");
        await page.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Go back home" }).ClickAsync();
        await Assertions.Expect(page.Field).ToBeVisibleAsync();
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Open_MissingPage_ReportsIt()
    {
        await using var page = await OpenAsync("/no-such-page");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Heading)).ToContainTextAsync("Page not found");
    }

    [Fact]
    public async Task Restart_Web_TheOpenPageReloads()
    {
        await using var page = await OpenAsync();
        var connected = new TaskCompletionSource();
        page.Page.WebSocket += (_, socket) => socket.FrameReceived += (_, _) => connected.TrySetResult();
        await page.ReloadAsync();
        await connected.Task.WaitAsync(Eventually.DefaultTimeout);
        var reloaded = new TaskCompletionSource();
        page.Page.Load += (_, _) => reloaded.TrySetResult();

        await system.System.RestartAsync(ResourceNames.Web);
        await reloaded.Task.WaitAsync(Eventually.DefaultTimeout);
        await Assertions.Expect(page.Field).ToBeVisibleAsync();
    }

    private static Task ExpectVisibleAsync(BrowserPage page, AriaRole role, string name) =>
        Assertions.Expect(page.Page.GetByRole(role, new PageGetByRoleOptions { Name = name, Exact = true })).ToBeVisibleAsync();

    private Task<BrowserPage> OpenAsync(string path = "/", bool javaScript = true) =>
        browser.OpenAsync(system.System.Address, path, javaScript);
}
