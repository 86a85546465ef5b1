using Fib.Tests.Support;
using Microsoft.Playwright;

namespace Fib.Tests.System.Page;

[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.Browser)]
public sealed class ChartTests(SystemFixture system, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task Digits_AComputedIndex_IsAPointWithALinkToItsTerm()
    {
        var index = system.NextIndex();
        await system.Gateway.ComputeAsync(index);
        await using var page = await OpenAsync();
        var point = page.Page.Locator($"svg a[href='/terms/{index}']");
        await Assertions.Expect(point).ToHaveAttributeAsync("aria-label", $"F({index:N0}) has {Fibonacci.Term(index).Length} digits");
        await page.Page.GetByText("The points as a table").ClickAsync();
        await Get(page, AriaRole.Rowheader, $"{index:N0}").GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(page.Page).ToHaveURLAsync(new Uri(system.System.Address, $"/terms/{index}").ToString());
    }

    [Fact]
    public async Task Ratios_Twenty_AreDrawnAndListed()
    {
        await using var page = await OpenAsync();
        await Assertions.Expect(Get(page, AriaRole.Img, "Convergence to the golden ratio").Locator("circle")).ToHaveCountAsync(20);
        await page.Page.GetByText("The ratios as a table").ClickAsync();
        await Assertions.Expect(Get(page, AriaRole.Row, "20 6,765 1.618034")).ToBeVisibleAsync();
    }

    private static ILocator Get(BrowserPage page, AriaRole role, string name) =>
        page.Page.GetByRole(role, new PageGetByRoleOptions { Name = name, Exact = true });

    private Task<BrowserPage> OpenAsync() => browser.OpenAsync(system.System.Address, javaScript: false);
}
