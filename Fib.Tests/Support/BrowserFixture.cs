using Fib.LocalSystem.Processes;
using Microsoft.Playwright;

namespace Fib.Tests.Support;

/// <summary>The installed browser, or else Playwright's own.</summary>
public sealed class BrowserFixture : IAsyncLifetime
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

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private string _whyNot = "";

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(DefaultTimeout);
        _playwright = await Playwright.CreateAsync();
        var program = InstalledBrowser.Find() ?? _playwright.Chromium.ExecutablePath;
        if (File.Exists(program))
            _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = program, Args = Arguments });
        else
            _whyNot = $"No browser is installed: neither {string.Join(", ", InstalledBrowser.Programs)} nor Playwright's own ({program}).";
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_browser is not null)
                await _browser.CloseAsync().WaitAsync(BrowserPage.CloseTimeout);
        }
        catch (TimeoutException)
        {
            // Disposing Playwright ends its process and with it the browser.
        }

        _playwright?.Dispose();
    }

    /// <summary>Why no browser was started; empty if one was.</summary>
    internal string WhyNot => _whyNot;

    /// <summary>Opens a page in a profile of its own; skips the test, with the reason, if there is no browser.</summary>
    internal async Task<BrowserPage> OpenAsync(Uri address, string path = "/", bool javaScript = true, ViewportSize? size = null)
    {
        var page = await CreateAsync(address, new BrowserNewContextOptions { JavaScriptEnabled = javaScript, ViewportSize = size });
        await page.GotoAsync(path);
        return page;
    }

    /// <summary>Creates a page in a profile of its own without opening an address; skips the test if there is no browser.</summary>
    internal async Task<BrowserPage> CreateAsync(Uri address, BrowserNewContextOptions options)
    {
        Assert.SkipWhen(_browser is null, _whyNot);
        options.BaseURL = address.ToString();
        options.ViewportSize ??= Sizes.Desktop;
        var context = await _browser.NewContextAsync(options);
        context.SetDefaultTimeout(DefaultTimeout);
        return new BrowserPage(context, await context.NewPageAsync());
    }
}
