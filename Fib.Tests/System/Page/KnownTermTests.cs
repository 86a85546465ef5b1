using System.Net.Http.Json;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;
using Microsoft.Playwright;

namespace Fib.Tests.System.Page;

/// <summary>Tests that the page learns of terms that were computed before, for which no event follows.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.Browser)]
public sealed class KnownTermTests(SystemFixture system, BrowserFixture browser)
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

    [Fact]
    public async Task Submit_AKnownIndexElsewhere_IsShownAlthoughTheFirstRefreshFails()
    {
        var (index, other) = (system.NextIndex(), system.NextIndex());
        await system.Gateway.ComputeAsync(index);
        await system.Gateway.ComputeAsync(other);
        using (var response = await system.Gateway.PostAsJsonAsync("/api/values/batch", new { indexes = Enumerable.Repeat(other, Many) }))
            response.EnsureSuccessStatusCode();
        await using var page = await OpenAsync();
        await Assertions.Expect(page.Row(index)).ToHaveCountAsync(0);
        var failed = new TaskCompletionSource();
        await page.Page.RouteAsync("**/api/values?**", async route =>
        {
            await route.FulfillAsync(new() { Status = 503 });
            failed.TrySetResult();
        }, new() { Times = 1 });
        await system.Gateway.SubmitAsync(index);
        await failed.Task.WaitAsync(Eventually.DefaultTimeout);
        await page.Line(index).WaitForAsync();
    }

    private async Task<BrowserPage> OpenAsync()
    {
        var page = await browser.OpenListedAsync(system.System.Address);
        await Assertions.Expect(page.Page.Locator("#live")).ToHaveAttributeAsync("data-state", "open");
        return page;
    }
}
