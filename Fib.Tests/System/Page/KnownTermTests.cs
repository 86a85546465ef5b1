using Fib.Tests.Support;
using Microsoft.Playwright;

namespace Fib.Tests.System.Page;

/// <summary>Tests that the page learns of terms that were computed before, for which no event follows.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.Browser)]
public sealed class KnownTermTests(SystemFixture system, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    /// <summary>More than the page lists.</summary>
    private const int Many = 60;

    [Fact]
    public async Task Submit_ManyIndexesTwice_ReportsBothTimesThatTheyAreCalculated()
    {
        var indexes = Enumerable.Range(0, Many).Select(_ => system.NextIndex()).ToArray();
        await using var page = await OpenAsync();
        for (var time = 0; time < 2; time++)
        {
            await page.SubmitAsync(string.Join(", ", indexes));
            await Assertions.Expect(page.SubmitStatus).ToHaveTextAsync($"{Many} indexes are calculated.");
        }

        Assert.Empty(page.Errors);
    }

    private async Task<BrowserPage> OpenAsync()
    {
        var page = await browser.CreateAsync(system.System.Address, new());
        await page.Page.RunAndWaitForResponseAsync(
            () => page.GotoAsync("/"), response => response.Url.Contains("/api/values?", StringComparison.Ordinal));
        await Assertions.Expect(page.Page.Locator("#live")).ToHaveAttributeAsync("data-state", "open");
        return page;
    }
}
