using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Fib.Bench.Page;

/// <summary>One load of a page by a browser with an empty cache.</summary>
/// <param name="Requests">The number of finished requests; the event stream does not count.</param>
/// <param name="Bytes">The transferred bytes of the responses, headers included.</param>
/// <param name="FirstPaint">Milliseconds until the first content was painted (w3.org, "Paint Timing").</param>
/// <param name="Shift">The cumulative layout shift (web.dev, "Cumulative Layout Shift").</param>
internal sealed record PageLoad(int Requests, long Bytes, double FirstPaint, double Shift);

/// <summary>Loads the home page repeatedly, each time in a new browser profile.</summary>
internal sealed class PageLoads(IBrowser browser, Uri site)
{
    private const string CountShifts = """
        window.shift = 0;
        new PerformanceObserver((list) => list.getEntries().forEach((entry) => { if (!entry.hadRecentInput) window.shift += entry.value; }))
          .observe({ type: 'layout-shift', buffered: true });
        """;

    private const string FirstPaint = "performance.getEntriesByName('first-contentful-paint')[0].startTime";

    /// <summary>Measures a number of loads after two warm-up loads.</summary>
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
        var options = new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 720 } };
        await using var context = await browser.NewContextAsync(options);
        var page = await context.NewPageAsync();
        await page.AddInitScriptAsync(CountShifts);
        var finished = new ConcurrentBag<IRequest>();
        page.RequestFinished += (_, request) => finished.Add(request);
        await page.GotoAsync(site.ToString());
        await page.Locator("#live[data-state=open]").WaitForAsync();

        // A copy: further requests may still finish.
        IRequest[] counted = [.. finished];
        var sizes = await Task.WhenAll(counted.Select(request => request.SizesAsync()));
        return new PageLoad(
            sizes.Length, sizes.Sum(size => (long)size.ResponseHeadersSize + size.ResponseBodySize),
            await page.EvaluateAsync<double>(FirstPaint), await page.EvaluateAsync<double>("shift"));
    }
}
