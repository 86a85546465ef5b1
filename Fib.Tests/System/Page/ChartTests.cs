using Fib.Tests.Support;
using Microsoft.Playwright;

namespace Fib.Tests.System.Page;

[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.Browser)]
public sealed class ChartTests(SystemFixture system, BrowserFixture browser)
{
    [Fact]
    public async Task Digits_AComputedIndex_IsAPointWithALinkToItsTerm()
    {
        var index = system.NextIndex();
        await system.Gateway.ComputeAsync(index);
        await using var page = await OpenAsync();
        await Assertions.Expect(page.Page.Locator("#digits-text")).ToContainTextAsync("begin at 1, where index 0 is drawn too");
        var point = page.Page.Locator($"svg a[href='/terms/{index}']");
        await Assertions.Expect(point).ToHaveAttributeAsync("aria-label", $"F({index:N0}) has {Fibonacci.Term(index).Length} digits");
        await page.Page.GetByText("The points as a table").ClickAsync();
        await Get(page, AriaRole.Rowheader, $"{index:N0}").GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(page.Page).ToHaveURLAsync(new Uri(system.System.Address, $"/terms/{index}").ToString());
    }

    /// <summary>The script's drawing is the server's, also on another scale.</summary>
    [Fact]
    public async Task Digits_AfterATermIsComputed_AreDrawnAsAfterAReload()
    {
        var index = system.NextLongIndex();
        var path = $"/?index={index}";
        await using var page = await browser.OpenAsync(system.System.Address, path);
        var text = page.Page.Locator("#digits-text");
        await Assertions.Expect(text).ToContainTextAsync("No term is listed yet");
        var points = page.Page.Locator("#digits .point");
        await Assertions.Expect(points).ToHaveCountAsync(0);

        await system.Gateway.ComputeAsync(index);
        await Assertions.Expect(points).ToHaveCountAsync(1);
        await Assertions.Expect(text.GetByText("The points are the terms listed above.")).ToBeVisibleAsync();
        await Assertions.Expect(text.GetByText("No term is listed yet")).ToBeHiddenAsync();
        await using var reloaded = await browser.OpenAsync(system.System.Address, path, javaScript: false);
        Assert.Equal(await DescribeChartAsync(reloaded), await DescribeChartAsync(page));
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Digits_AfterATermIsComputed_KeepTheFocusInTheirTable()
    {
        var (index, other) = (system.NextIndex(), system.NextIndex());
        await system.Gateway.ComputeAsync(index);
        await using var page = await browser.CreateAsync(system.System.Address, new());
        await page.GotoLiveAsync("/");
        await page.Page.GetByText("The points as a table").ClickAsync();
        var link = Get(page, AriaRole.Rowheader, $"{index:N0}").GetByRole(AriaRole.Link);
        await link.FocusAsync();
        await system.Gateway.ComputeAsync(other);
        await Assertions.Expect(Get(page, AriaRole.Rowheader, $"{other:N0}")).ToBeVisibleAsync();
        await Assertions.Expect(link).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Ratios_Twenty_AreDrawnAndListed()
    {
        await using var page = await OpenAsync();
        await Assertions.Expect(Get(page, AriaRole.Img, "Convergence to the golden ratio").Locator("circle")).ToHaveCountAsync(20);
        await page.Page.GetByText("The ratios as a table").ClickAsync();
        await Assertions.Expect(Get(page, AriaRole.Row, "20 6,765 1.618034")).ToBeVisibleAsync();
    }

    /// <summary>One line for each element: its name, its attributes and, if it has no children, its text.</summary>
    private static Task<string> DescribeChartAsync(BrowserPage page) => page.Page.EvaluateAsync<string>(
        """
        [...document.querySelectorAll('#digits *')].map((element) => [
          element.tagName,
          ...[...element.attributes].map(({ name, value }) => `${name}=${value}`).sort(),
          element.children.length ? '' : element.textContent.trim(),
        ].join(' ')).join('\n')
        """);

    private static ILocator Get(BrowserPage page, AriaRole role, string name) =>
        page.Page.GetByRole(role, new PageGetByRoleOptions { Name = name, Exact = true });

    private Task<BrowserPage> OpenAsync() => browser.OpenAsync(system.System.Address, javaScript: false);
}
