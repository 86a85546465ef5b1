using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Fib.Bench.Page;

/// <summary>Loads the home page in one new profile after another.</summary>
internal sealed class PageLoads(IBrowser browser, Uri site)
{
    private const string CountShifts = """
        window.shift = 0;
        new PerformanceObserver((list) => list.getEntries().forEach((entry) => { if (!entry.hadRecentInput) window.shift += entry.value; }))
          .observe({ type: 'layout-shift', buffered: true });
        """;

    private const string FirstPaint = "performance.getEntriesByName('first-contentful-paint')[0].startTime";

    /// <summary>After two that nobody counts.</summary>
    public async Task<IReadOnlyList<PageLoad>> MeasureAsync(int count)
    {
        var loads = new List<PageLoad>();
        for (var number = -2; number < count; number++)
        {
            var load = await LoadAsync();
            if (number >= 0)
                loads.Add(load);
        }

        return loads;
    }

    private async Task<PageLoad> LoadAsync()
    {
        await using var context = await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 720 } });
        var page = await context.NewPageAsync();
        await page.AddInitScriptAsync(CountShifts);
        var finished = new ConcurrentBag<IRequest>();
        page.RequestFinished += (_, request) => finished.Add(request);
        await page.GotoAsync(site.ToString());
        await page.Locator("#live[data-state=open]").WaitForAsync();

        // Others may still finish.
        IRequest[] counted = [.. finished];
        var sizes = await Task.WhenAll(counted.Select(request => request.SizesAsync()));
        return new PageLoad(
            sizes.Length, sizes.Sum(size => (long)size.ResponseHeadersSize + size.ResponseBodySize), await page.EvaluateAsync<double>(FirstPaint), await page.EvaluateAsync<double>("shift"));
    }
}
