using Fib.LocalSystem.Processes;
using Fib.Tests.Support;
using Microsoft.Playwright;

// All tests share one: its start takes seconds of processor time, and each page has a profile of its own.
[assembly: AssemblyFixture(typeof(BrowserFixture))]

namespace Fib.Tests.Support;

/// <summary>The installed browser, or else Playwright's own, which the first test that needs it starts.</summary>
public sealed class BrowserFixture : IAsyncDisposable
{
    // Without a sandbox it runs as root and in containers, and without isolation of sites a page starts fewer processes; the other
    // arguments disable requests of the browser itself.
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-site-isolation-trials", "--process-per-site", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    /// <summary>Milliseconds.</summary>
    private static readonly float DefaultTimeout = (float)Eventually.DefaultTimeout.TotalMilliseconds;

    private readonly Lazy<Task<(IPlaywright Playwright, IBrowser? Browser, string WhyNot)>> _start = new(StartAsync);

    public async ValueTask DisposeAsync()
    {
        if (!_start.IsValueCreated)
            return;
        var (playwright, browser, _) = await _start.Value;
        try
        {
            if (browser is not null)
                await browser.CloseAsync().WaitAsync(BrowserPage.CloseTimeout);
        }
        catch (TimeoutException)
        {
            // Disposing Playwright ends its process and with it the browser.
        }

        playwright.Dispose();
    }

    /// <summary>Why there is no browser; empty if there is one.</summary>
    internal async Task<string> WhyNotAsync() => (await _start.Value).WhyNot;

    /// <summary>Opens a page in a profile of its own; skips the test, with the reason, if there is no browser.</summary>
    internal async Task<BrowserPage> OpenAsync(Uri address, string path = "/", bool javaScript = true, ViewportSize? size = null)
    {
        var page = await CreateAsync(address, new BrowserNewContextOptions { JavaScriptEnabled = javaScript, ViewportSize = size });
        await page.GotoAsync(path);
        return page;
    }

    /// <summary>Opens a page, and waits until it has read the list, which it does when its event stream is open.</summary>
    internal async Task<BrowserPage> OpenListedAsync(Uri address, string path = "/")
    {
        var page = await CreateAsync(address, new());
        await page.Page.RunAndWaitForResponseAsync(
            () => page.GotoAsync(path), response => response.Url.Contains("/api/values?", StringComparison.Ordinal));
        return page;
    }

    /// <summary>Creates a page in a profile of its own without opening an address; skips the test if there is no browser.</summary>
    internal async Task<BrowserPage> CreateAsync(Uri address, BrowserNewContextOptions options)
    {
        var (_, browser, whyNot) = await _start.Value;
        Assert.SkipWhen(browser is null, whyNot);
        options.BaseURL = address.ToString();
        options.ViewportSize ??= Sizes.Desktop;
        var context = await browser.NewContextAsync(options);
        context.SetDefaultTimeout(DefaultTimeout);
        return new BrowserPage(context, await context.NewPageAsync());
    }

    private static async Task<(IPlaywright Playwright, IBrowser? Browser, string WhyNot)> StartAsync()
    {
        Assertions.SetDefaultExpectTimeout(DefaultTimeout);
        var playwright = await Playwright.CreateAsync();
        var program = InstalledBrowser.Find() ?? playwright.Chromium.ExecutablePath;
        return File.Exists(program)
            ? (playwright,
                await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = program, Args = Arguments }), "")
            : (playwright, null,
                $"No browser is installed: neither {string.Join(", ", InstalledBrowser.Programs)} nor Playwright's own ({program}).");
    }
}
