using System.Globalization;
using System.Net;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;
using Microsoft.Playwright;

namespace Fib.Tests.System.Page;

/// <summary>Tests of the page of one term.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.Browser)]
public sealed class TermPageTests(SystemFixture system, BrowserFixture browser)
{
    private const int LargeIndex = 10_000_000;
    private const int LargeDigits = 2_089_877;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Open_AComputedTerm_ShowsItAndItsNeighbours(bool javaScript)
    {
        var index = system.NextIndex();
        await system.Gateway.ComputeAsync(index);
        await using var page = await OpenAsync(index, javaScript, Sizes.Phone);
        Assert.Equal($"F({index}) - Fib Calculator", await page.Page.TitleAsync());
        Assert.Equal(Fibonacci.Term(index), await ReadDigitsAsync(page, 0));
        await Assertions.Expect(Link(page, index + 1)).ToHaveAttributeAsync("href", $"/terms/{index + 1}");
        await page.AssertFitsAsync();
        await Link(page, index - 1).First.ClickAsync();
        var heading = page.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = $"F({index - 1})" });
        await Assertions.Expect(heading).ToBeVisibleAsync();
        Assert.Empty(page.Errors);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Open_AnIndexNotSubmitted_OffersToCalculateItAndShowsIt(bool javaScript)
    {
        var index = system.NextIndex();
        await using var page = await OpenAsync(index, javaScript);
        await Assertions.Expect(page.Page.Locator("#term")).ToContainTextAsync($"Index {index} has not been submitted yet.");
        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Calculate it" }).ClickAsync();
        await page.Page.Locator(".number").WaitForAsync();
        Assert.Equal(Fibonacci.Term(index), await ReadDigitsAsync(page, 0));
        Assert.Single(await system.Gateway.GetAllAsync(), index);
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Open_ATermOfTwoMillionDigits_ShowsItsEndsAndMoreOnRequest()
    {
        await system.Gateway.ComputeAsync(LargeIndex);
        var term = await system.Gateway.GetDigitsAsync(LargeIndex);
        Assert.Equal(LargeDigits, term.Length);
        await using var page = await OpenAsync(LargeIndex, javaScript: true, Sizes.Phone);
        await Assertions.Expect(page.Page.Locator("#term")).ToContainTextAsync("2,089,877 digits");
        await Assertions.Expect(Link(page, LargeIndex - 1).First).ToBeVisibleAsync();
        await Assertions.Expect(Link(page, LargeIndex + 1)).ToHaveCountAsync(0);
        await Assertions.Expect(page.Page.Locator(".divisors")).ToContainTextAsync("F(400000)and 53 more");
        Assert.Equal(term[..5_000], await ReadDigitsAsync(page, 0));
        Assert.Equal(term[^5_000..], await ReadDigitsAsync(page, 1));
        await page.AssertFitsAsync();
        await page.PictureAsync("two-million-digits");

        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Show more" }).ClickAsync();
        await page.Page.Locator(".chunk").WaitForAsync();
        Assert.Equal(term[5_000..55_000], await ReadDigitsAsync(page, 1));
        await Assertions.Expect(page.Page.Locator("#hidden")).ToHaveTextAsync("2,029,877 digits not shown");
        Assert.Empty(page.Errors);
    }

    /// <summary>It must be computed again: Redis has evicted it.</summary>
    [Fact]
    public async Task ShowMore_OfAnEvictedTerm_ThenWhileTheApiFails_SaysSo()
    {
        const int index = 50_000;
        await system.Gateway.ComputeAsync(index);
        await using var page = await OpenAsync(index, javaScript: true);
        var status = 202;
        await page.Page.RouteAsync($"**/api/values/{index}", route => route.FulfillAsync(new() { Status = status }));
        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Show more" }).ClickAsync();
        await Assertions.Expect(page.Page.Locator("#hidden")).ToHaveTextAsync("The term is being computed again …");
        status = 500;
        await Assertions.Expect(page.Page.Locator("#hidden")).ToHaveTextAsync("The digits are temporarily unavailable.");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Show more" })).ToBeVisibleAsync();
    }

    /// <summary>The script reaches the api, but the web does not.</summary>
    [Fact]
    public async Task Open_WhileOnlyTheWebCannotReachTheApi_IsReloadedAfterAPause()
    {
        await system.Gateway.ComputeAsync(7);
        await using var page = await browser.CreateAsync(system.System.Address, new());
        var loads = 0;
        await page.Page.RouteAsync("**/terms/7", async route =>
        {
            loads++;
            var response = await route.FetchAsync();
            var text = await response.TextAsync();
            Assert.Contains(" data-state=\"Computed\"", text, StringComparison.Ordinal);
            await route.FulfillAsync(new() { Response = response, Body = text.Replace(" data-state=\"Computed\"", "", StringComparison.Ordinal) });
        });
        await page.Page.Clock.InstallAsync(new() { TimeDate = DateTime.UtcNow });
        await page.Page.RunAndWaitForResponseAsync(async () =>
        {
            await page.Page.Clock.PauseAtAsync(DateTime.UtcNow.AddMinutes(1));
            await page.GotoAsync("/terms/7");
        }, "**/api/values/events");
        Assert.Equal(1, loads);
        // If a network interface changes, the browser cancels the script's request, and the script repeats it after the next pause.
        await Eventually.HoldsAsync("the page is reloaded", async _ =>
        {
            await page.Page.Clock.FastForwardAsync("00:02");
            return loads > 1;
        });
    }

    [Fact]
    public async Task Open_AnotherSpellingOfTheIndex_RedirectsToTheTerm()
    {
        await using var page = await browser.OpenAsync(system.System.Address, "/terms/007");
        await Assertions.Expect(page.Page).ToHaveURLAsync(new Uri(system.System.Address, "/terms/7").ToString());
    }

    [Theory]
    [InlineData("/terms/seven")]
    [InlineData("/terms/-1")]
    [InlineData("/terms/10000001")]
    [InlineData("/terms/100000001")]
    [InlineData("/terms/7/more")]
    [InlineData("/terms")]
    public async Task Open_InvalidIndex_IsNotFoundWithATraceId(string path)
    {
        using var response = await system.Gateway.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        var text = await response.Content.ReadAsStringAsync();
        Assert.Contains("Page not found", text, StringComparison.Ordinal);
        Assert.Contains("its index, from 0 to 10,000,000,", text, StringComparison.Ordinal);
        Assert.Contains("</footer>", text, StringComparison.Ordinal);
        Assert.Matches("trace <code>[0-9a-f]{32}</code>", text);
        Problem.AssertNoLeak(text);
    }

    private static ILocator Link(BrowserPage page, int index) =>
        page.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = $"F({index})", Exact = true });

    private static async Task<string> ReadDigitsAsync(BrowserPage page, int position) =>
        (await page.Page.Locator(".number .digits").Nth(position).TextContentAsync())!.Replace(" ", "", StringComparison.Ordinal);

    private Task<BrowserPage> OpenAsync(int index, bool javaScript, ViewportSize? size = null) =>
        browser.OpenAsync(system.System.Address, string.Create(CultureInfo.InvariantCulture, $"/terms/{index}"), javaScript, size);
}
