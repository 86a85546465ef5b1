using Fib.Tests.Support;

namespace Fib.Tests.System.Page.Gallery;

/// <summary>Takes a screenshot of a page in each variant, under artifacts/screenshots, and reports its findings and errors.</summary>
internal sealed class ScreenshotRecorder(BrowserFixture browser)
{
    private const string CountShifts = """
        window.shift = 0;
        new PerformanceObserver((list) => list.getEntries().forEach((entry) => { if (!entry.hadRecentInput) window.shift += entry.value; }))
          .observe({ type: 'layout-shift', buffered: true });
        """;

    private readonly List<ScreenshotReport> _reports = [];

    public IReadOnlyList<ScreenshotReport> Reports => _reports;

    /// <summary>Opens a page of a site in each variant.</summary>
    /// <param name="state">The name of the screenshots.</param>
    /// <param name="site">The site's address.</param>
    /// <param name="path">The path of the page.</param>
    /// <param name="act">Actions on the page before the screenshot.</param>
    /// <param name="fails">Whether a request of the page is expected to fail, which browsers write to the console.</param>
    public async Task RecordAsync(string state, Uri site, string path, Func<BrowserPage, Task>? act = null, bool fails = false)
    {
        foreach (var variant in PageVariant.All)
            _reports.Add(await RecordAsync($"{state}-{variant.Name}", variant, site, path, act, fails));
    }

    private async Task<ScreenshotReport> RecordAsync(
        string name, PageVariant variant, Uri site, string path, Func<BrowserPage, Task>? act, bool fails)
    {
        await using var page = await browser.CreateAsync(site, variant.Options);
        await page.Page.AddInitScriptAsync(CountShifts);
        var external = new List<string>();
        page.Page.Request += (_, request) =>
        {
            if (!site.IsBaseOf(new Uri(request.Url)))
                external.Add(request.Url);
        };
        var response = (await page.GotoAsync(path))!;
        if (act is not null)
            await act(page);

        await page.PictureAsync(name);
        var findings = await Axe.FindAsync(page.Page);
        var errors = page.Errors.Where(error => !fails || !error.StartsWith("Failed to load resource", StringComparison.Ordinal)).ToArray();
        var shift = await page.Page.EvaluateAsync<double>("shift");
        return new ScreenshotReport(name, findings, errors, external, shift, await response.AllHeadersAsync());
    }
}

/// <summary>The report on a page in one of its states.</summary>
/// <param name="Name">The state, the size and the theme.</param>
/// <param name="Findings">The serious and critical findings of axe-core; null if it is not installed.</param>
/// <param name="Errors">The errors on the console.</param>
/// <param name="External">The requests to other origins.</param>
/// <param name="Shift">The cumulative layout shift (web.dev, "Cumulative Layout Shift").</param>
/// <param name="Headers">The response headers of the page.</param>
internal sealed record ScreenshotReport(
    string Name,
    IReadOnlyList<string>? Findings,
    IReadOnlyList<string> Errors,
    IReadOnlyList<string> External,
    double Shift,
    IReadOnlyDictionary<string, string> Headers);
