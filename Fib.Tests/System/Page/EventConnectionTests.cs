using Fib.LocalSystem.Processes;
using Fib.Tests.Support;
using Microsoft.Playwright;

namespace Fib.Tests.System.Page;

/// <summary>Tests of the page's connection for events.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.Browser)]
public sealed class EventConnectionTests(SystemFixture system, BrowserFixture browser)
{
    /// <summary>Browsers open as many connections to a host over HTTP/1.1, for all pages together.</summary>
    private const int MaxConnections = 6;

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

    [Theory]
    [InlineData("/")]
    [InlineData("/otherpage")]
    public async Task Open_MoreTabsThanConnections_TheVisibleOneIsCurrent(string path)
    {
        var index = system.NextIndex();
        await using var first = await browser.OpenAsync(system.System.Address, path);
        await first.Page.SetHiddenAsync(true);
        for (var tab = 1; tab < MaxConnections; tab++)
        {
            var other = await first.Page.Context.NewPageAsync();
            await other.GotoAsync(path);
            await other.SetHiddenAsync(true);
        }

        var last = await first.Page.Context.NewPageAsync();
        await last.GotoAsync("/");
        await Assertions.Expect(last.Locator("#live")).ToHaveAttributeAsync("data-state", "open");
        await system.Gateway.ComputeAsync(index);
        await Assertions.Expect(last.Locator($"#terms [data-index='{index}']")).ToHaveAttributeAsync("data-state", "Computed");

        await first.Page.SetHiddenAsync(false);
        var shown = path == "/" ? first.Row(index) : first.Page.Locator("[data-field=index]");
        await Assertions.Expect(shown).ToContainTextAsync($"{index}");
    }

    /// <summary>The browser notices neither a network that drops packets nor a proxy that keeps what it receives.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Open_NothingArrives_ConnectsAgain(bool hasPing)
    {
        await using var page = await browser.CreateAsync(system.System.Address, new());
        await page.Page.AddInitScriptAsync(RecordSources);
        await page.Page.Clock.InstallAsync(new() { TimeDate = DateTime.UtcNow });
        await page.GotoAsync("/");
        await Assertions.Expect(page.Page.Locator("#live")).ToHaveAttributeAsync("data-state", "open");
        await page.Page.Clock.FastForwardAsync("00:30");
        if (hasPing)
            await page.Page.EvaluateAsync("sources[0].dispatchEvent(new MessageEvent('ping', { data: '{}' }))");
        await page.Page.Clock.FastForwardAsync("00:20");
        Assert.Equal(hasPing ? 1 : 2, await page.Page.EvaluateAsync<int>("sources.length"));
        Assert.Equal(1, await page.Page.EvaluateAsync<int>(CountOpen));
        await Assertions.Expect(page.Page.Locator("#live")).ToHaveAttributeAsync("data-state", "open");
    }

    [Fact]
    public async Task Open_InTheBackground_ConnectsWhenItIsShown()
    {
        await using var page = await browser.CreateAsync(system.System.Address, new());
        await page.Page.AddInitScriptAsync($"{RecordSources} ({PageVisibility.SetHidden})(true);");
        await page.GotoAsync("/");
        Assert.Equal(0, await page.Page.EvaluateAsync<int>(CountOpen));

        var index = system.NextIndex();
        await system.Gateway.ComputeAsync(index);
        await page.Page.SetHiddenAsync(false);
        await page.Line(index).WaitForAsync();
        Assert.Equal(1, await page.Page.EvaluateAsync<int>(CountOpen));
    }
}
