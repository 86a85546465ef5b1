using Fib.Tests.Support;
using Microsoft.Playwright;

namespace Fib.Tests.System.Page;

/// <summary>Tests that the page reserves space for later updates, so that no other content moves.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.Browser)]
public sealed class LayoutTests(SystemFixture system, BrowserFixture browser)
{
    private const string Positions = """
        () => ['.field', '.diagram', '.timeline', '.stages', '#results']
          .map(part => `${part} ${document.querySelector(part).getBoundingClientRect().top + scrollY}`)
        """;

    private const string WriteLongTexts = """
        () => Object.entries({ index: 'index 100000000', backlog: '40000', workers: '64', wait: '99.9 s' })
          .forEach(([field, text]) => document.querySelector(`[data-field=${field}]`).textContent = text)
        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Submit_SomeAcceptedAndSomeRejected_NothingMoves(bool isPhone)
    {
        await using var page = await OpenAsync(isPhone);
        var before = await GetPositionsAsync(page);
        await page.SubmitAsync($"{system.NextIndex()}, 100000001, 100000002");
        await Assertions.Expect(page.Reason).ToHaveTextAsync("Index too high: 100000001, 100000002");
        await Assertions.Expect(page.SubmitStatus).ToContainTextAsync("is calculated.");
        Assert.Equal(before, await GetPositionsAsync(page));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SystemOverview_LongestTexts_NothingMoves(bool isPhone)
    {
        await using var page = await OpenAsync(isPhone);
        var before = await GetPositionsAsync(page);
        await page.Page.EvaluateAsync(WriteLongTexts);
        Assert.Equal(before, await GetPositionsAsync(page));
    }

    private Task<BrowserPage> OpenAsync(bool isPhone) =>
        browser.OpenAsync(system.System.Address, size: isPhone ? Sizes.Phone : Sizes.Desktop);

    private static Task<string[]> GetPositionsAsync(BrowserPage page) => page.Page.EvaluateAsync<string[]>(Positions);
}
