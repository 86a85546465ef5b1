using System.Globalization;
using Fib.LocalSystem;
using Microsoft.Playwright;

namespace Fib.Bench.Page;

/// <summary>page [--pages N] [--out FILE]: the first load, and many open pages at once, through the gateway.</summary>
internal static class PageCommand
{
    private const int Loads = 11;

    /// <summary>What the bundle gives a service that may use 128 MiB.</summary>
    private static readonly KeyValuePair<string, string>[] Variables =
        [new("DOTNET_GCHeapHardLimit", "0x4000000"), new("DOTNET_gcConcurrent", "0"), new("DOTNET_gcServer", "0"), new("DOTNET_EnableDiagnostics", "0")];

    public static async Task<int> RunAsync(string[] args)
    {
        var words = args.ToList();
        var file = Take(words, "--out");
        var pages = int.Parse(Take(words, "--pages") ?? "500", CultureInfo.InvariantCulture);
        await using var system = await RunningSystem.StartAsync(new SystemSettings { Variables = _ => Variables }, CancellationToken.None);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-gpu"] });

        var loads = new PageLoads(browser, system.Gateway.Address);
        var report = PageReport.Loads(await loads.MeasureAsync(Loads)) + PageReport.Crowd(pages, await Crowd.MeasureAsync(system, pages, CancellationToken.None));
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
