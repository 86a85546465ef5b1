using System.Globalization;
using Fib.Bench.Web;
using Fib.LocalSystem;
using Microsoft.Playwright;

namespace Fib.Bench.Page;

/// <summary>page BUNDLE PROGRAMS [--pages N] [--out FILE]: measures first loads and many open pages, through the gateway.</summary>
internal static class PageCommand
{
    private const int Loads = 11;

    public static async Task<int> RunAsync(string[] args)
    {
        var words = args[2..].ToList();
        var bundle = new MeasuredBundle(args[0]);
        var file = Take(words, "--out");
        var pages = int.Parse(Take(words, "--pages") ?? "500", CultureInfo.InvariantCulture);
        var settings = new SystemSettings { Programs = args[1], Variables = _ => bundle.Variables };
        await using var system = await RunningSystem.StartAsync(settings, CancellationToken.None);
        using var playwright = await Playwright.CreateAsync();
        var options = new BrowserTypeLaunchOptions { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-gpu"] };
        await using var browser = await playwright.Chromium.LaunchAsync(options);

        var loads = new PageLoads(browser, system.Gateway.Address);
        var report = PageReport.Loads(await loads.MeasureAsync(Loads))
            + PageReport.OpenPages(pages, await OpenPages.MeasureAsync(system, pages, CancellationToken.None));
        if (file is not null)
            await File.WriteAllTextAsync(file, report);
        Console.Out.Write(report);
        return 0;
    }

    private static string? Take(List<string> words, string option)
    {
        if (words.IndexOf(option) is not (>= 0 and var at))
            return null;
        var value = words[at + 1];
        words.RemoveRange(at, 2);
        return value;
    }
}
