using Fib.Bench.Web;
using Fib.LocalSystem;
using Fib.LocalSystem.Processes;
using Microsoft.Playwright;

namespace Fib.Bench.Page;

/// <summary>page BUNDLE PROGRAMS, and its options: measures first loads and many open pages, through the gateway.</summary>
internal static class PageCommand
{
    private const int Loads = 11;

    /// <summary>[--pages N] [--out FILE].</summary>
    public static CommandOptions Options(string[] args) => new CommandOptions(args, "--pages").WithoutWords();

    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var options = Options(args[2..]);
        var bundle = new MeasuredBundle(args[0]);
        var pages = options.Number("--pages", 500);
        var settings = new SystemSettings { Programs = args[1], Variables = bundle.FindVariables };
        await using var system = await RunningSystem.StartAsync(settings, cancellationToken);
        using var playwright = await Playwright.CreateAsync();
        var launch = new BrowserTypeLaunchOptions { ExecutablePath = InstalledBrowser.Find(), Args = ["--no-sandbox", "--disable-gpu"] };
        await using var browser = await playwright.Chromium.LaunchAsync(launch);

        var loads = new PageLoads(browser, system.Gateway.Address);
        var report = PageReport.Loads(await loads.MeasureAsync(Loads))
            + PageReport.OpenPages(pages, await OpenPages.MeasureAsync(system, pages, cancellationToken));
        await options.WriteAsync(report);
        return 0;
    }
}
