using Microsoft.Playwright;

namespace Fib.Rehearsal.Checks;

/// <summary>A real browser on port 80: the page works, and the term appears on it by itself.</summary>
internal static class PageCheck
{
    private const int Visits = 5;
    private static readonly string[] Browsers = ["/usr/bin/google-chrome", "/usr/bin/chromium"];

    /// <summary>Submits an index on the page and waits for its line.</summary>
    /// <exception cref="CheckFailedException">The browser complained of something.</exception>
    public static async Task<string> RunAsync(FrontDoor door, CancellationToken cancellationToken)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Browsers.First(File.Exists), Args = ["--no-sandbox", "--disable-dev-shm-usage"] });
        await using var closing = cancellationToken.Register(() => _ = browser.CloseAsync());
        for (var visit = 1; ; visit++)
        {
            await using var page = new VisitedPage(await browser.NewPageAsync());
            var text = await page.SubmitAsync(door.NextIndex());
            // A browser drops what it is loading when its machine's networks change, and each container that starts or stops changes them.
            if (page.NetworkChanged && visit < Visits)
                continue;
            return page.Complaints.Count == 0 ? $"{text[..40]}..." : throw new CheckFailedException($"the browser says: {string.Join("; ", page.Complaints)}");
        }
    }
}
