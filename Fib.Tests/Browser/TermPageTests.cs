using System.Globalization;
using System.Net;
using Fib.Tests.Support;
using Microsoft.Playwright;

namespace Fib.Tests.Browser;

/// <summary>The page of one term.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.Browser)]
public sealed class TermPageTests(SystemFixture system, BrowserFixture browser) : IClassFixture<BrowserFixture>
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
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = $"F({index + 1})", Exact = true })).ToHaveAttributeAsync("href", $"/terms/{index + 1}");
        await page.AssertFitsAsync();
        await page.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = $"F({index - 1})", Exact = true }).First.ClickAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = $"F({index - 1})" })).ToBeVisibleAsync();
        Assert.Empty(page.Errors);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Open_ATermNobodyAskedFor_OffersToCalculateItAndShowsIt(bool javaScript)
    {
        var index = system.NextIndex();
        await using var page = await OpenAsync(index, javaScript);
        await Assertions.Expect(page.Page.Locator("#term")).ToContainTextAsync($"Nobody has asked for index {index} yet.");
        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Calculate it" }).ClickAsync();
        await page.Page.Locator(".number").WaitForAsync();
        Assert.Equal(Fibonacci.Term(index), await ReadDigitsAsync(page, 0));
        Assert.Single(await system.Gateway.GetAllAsync(), index);
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Open_ATermOfTwoMillionDigits_ShowsItsEndsAndMoreWhenAsked()
    {
        await system.Gateway.ComputeAsync(LargeIndex);
        var term = await system.Gateway.GetStringAsync($"/api/values/{LargeIndex}");
        Assert.Equal(LargeDigits, term.Length);
        await using var page = await OpenAsync(LargeIndex, javaScript: true, Sizes.Phone);
        await Assertions.Expect(page.Page.Locator("#term")).ToContainTextAsync("2,089,877 digits");
        Assert.Equal(term[..5_000], await ReadDigitsAsync(page, 0));
        Assert.Equal(term[^5_000..], await ReadDigitsAsync(page, 1));
        await page.AssertFitsAsync();
        await page.PictureAsync("two-million-digits");

        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Show more" }).ClickAsync();
        await page.Page.Locator(".part").WaitForAsync();
        Assert.Equal(term[5_000..55_000], await ReadDigitsAsync(page, 1));
        await Assertions.Expect(page.Page.Locator("#hidden")).ToHaveTextAsync("2,029,877 digits");
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Open_AnotherSpellingOfTheIndex_LeadsToTheOne()
    {
        await using var page = await browser.OpenAsync(system.System.Address, "/terms/007");
        await Assertions.Expect(page.Page).ToHaveURLAsync(new Uri(system.System.Address, "/terms/7").ToString());
    }

    [Theory]
    [InlineData("/terms/seven")]
    [InlineData("/terms/-1")]
    [InlineData("/terms/100000001")]
    [InlineData("/terms/7/more")]
    [InlineData("/terms")]
    public async Task Open_WhatIsNoIndex_IsNoPageAndSaysWhere(string path)
    {
        using var answer = await system.Gateway.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Contains("There is no such page", text, StringComparison.Ordinal);
        Assert.Contains("</footer>", text, StringComparison.Ordinal);
        Assert.Matches("trace <code>[0-9a-f]{32}</code>", text);
        Problem.AssertNoLeak(text);
    }

    private static async Task<string> ReadDigitsAsync(BrowserPage page, int place) =>
        (await page.Page.Locator(".number .digits").Nth(place).TextContentAsync())!.Replace(" ", "", StringComparison.Ordinal);

    private Task<BrowserPage> OpenAsync(int index, bool javaScript, ViewportSize? size = null) =>
        browser.OpenAsync(system.System.Address, string.Create(CultureInfo.InvariantCulture, $"/terms/{index}"), javaScript, size);
}
