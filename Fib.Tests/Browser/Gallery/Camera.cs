using Fib.Tests.Support;
using Microsoft.Playwright;

namespace Fib.Tests.Browser.Gallery;

/// <summary>Takes a picture of a page in each look, under artifacts/screenshots, and notes what is to be noticed.</summary>
internal sealed class Camera(BrowserFixture browser)
{
    private const string CountShifts = """
        window.shift = 0;
        new PerformanceObserver((list) => list.getEntries().forEach((entry) => { if (!entry.hadRecentInput) window.shift += entry.value; }))
          .observe({ type: 'layout-shift', buffered: true });
        """;

    private readonly List<PageReport> _reports = [];

    public IReadOnlyList<PageReport> Reports => _reports;

    /// <summary>Opens a page of a site in each look.</summary>
    /// <param name="state">Names the pictures.</param>
    /// <param name="site">The site's address.</param>
    /// <param name="path">The page.</param>
    /// <param name="act">What to do there before the picture.</param>
    /// <param name="fails">A request of it must fail, which browsers write on the console.</param>
    public async Task TakeAsync(string state, Uri site, string path, Func<BrowserPage, Task>? act = null, bool fails = false)
    {
        foreach (var look in Look.All)
            _reports.Add(await TakeAsync($"{state}-{look.Name}", look, site, path, act, fails));
    }

    private async Task<PageReport> TakeAsync(string name, Look look, Uri site, string path, Func<BrowserPage, Task>? act, bool fails)
    {
        await using var page = await browser.CreateAsync(site, look.Options);
        await page.Page.AddInitScriptAsync(CountShifts);
        var elsewhere = new List<string>();
        page.Page.Request += (_, request) =>
        {
            if (!site.IsBaseOf(new Uri(request.Url)))
                elsewhere.Add(request.Url);
        };
        var answer = (await page.Page.GotoAsync(path))!;
        if (act is not null)
            await act(page);

        await page.PictureAsync(name);
        var findings = await Axe.FindAsync(page.Page);
        var errors = page.Errors.Where(error => !fails || !error.StartsWith("Failed to load resource", StringComparison.Ordinal)).ToArray();
        return new PageReport(name, findings, errors, elsewhere, await page.Page.EvaluateAsync<double>("shift"), await answer.AllHeadersAsync());
    }
}
