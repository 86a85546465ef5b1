using Fib.LocalSystem.Processes;
using Fib.Tests.Support;
using Microsoft.Playwright;

namespace Fib.Tests.System.Page;

/// <summary>Tests of the page's connection for events.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.Browser)]
public sealed class EventConnectionTests(SystemFixture system, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Events = "**/api/values/events";

    private const string RecordSources = """
        window.sources = [];
        window.EventSource = class extends EventSource {
          constructor(address) {
            super(address);
            sources.push(this);
          }
        };
        """;

    private const string CountOpen = "sources.filter(({ readyState }) => readyState !== EventSource.CLOSED).length";

    private const string RestoreFromCache = """
        dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
        dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
        """;

    [Fact]
    public async Task Restore_WhileItWaitedToReconnect_HasOneConnection()
    {
        await using var page = await browser.CreateAsync(system.System.Address, new());
        await page.Page.AddInitScriptAsync(RecordSources);
        await page.Page.Clock.InstallAsync(new() { TimeDate = DateTime.UtcNow });
        await page.Page.RouteAsync(Events, route => route.FulfillAsync(new() { Status = 503 }));
        await page.GotoAsync("/");
        await page.Page.Clock.PauseAtAsync(DateTime.UtcNow.AddMinutes(1));
        await Eventually.HoldsAsync("the page waits to reconnect", async _ =>
            await page.Page.EvaluateAsync<bool>($"sources.length > 0 && {CountOpen} === 0"));

        await page.Page.UnrouteAsync(Events);
        await page.Page.EvaluateAsync(RestoreFromCache);
        await Assertions.Expect(page.Page.Locator("#live")).ToHaveAttributeAsync("data-state", "open");
        await page.Page.Clock.FastForwardAsync("01:00");
        Assert.Equal(1, await page.Page.EvaluateAsync<int>(CountOpen));
    }
}
