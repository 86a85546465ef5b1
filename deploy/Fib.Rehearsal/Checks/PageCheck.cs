using System.Globalization;
using Microsoft.Playwright;

namespace Fib.Rehearsal.Checks;

/// <summary>A real browser on port 80: the page works, and the term appears on it by itself.</summary>
internal static class PageCheck
{
    private static readonly string[] Browsers = ["/usr/bin/google-chrome", "/usr/bin/chromium"];

    /// <summary>Submits an index on the page and waits for its line.</summary>
    /// <exception cref="CheckFailedException">The browser complained of something.</exception>
    public static async Task<string> RunAsync(FrontDoor door, CancellationToken cancellationToken)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Browsers.First(File.Exists), Args = ["--no-sandbox", "--disable-dev-shm-usage"] });
        await using var closing = cancellationToken.Register(() => _ = browser.CloseAsync());
        var page = await browser.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                complaints.Add(message.Text);
        };
        page.PageError += (_, error) => complaints.Add(error);

        await page.GotoAsync(FrontDoor.Address.ToString());
        var index = door.NextIndex().ToString(CultureInfo.InvariantCulture);
        await page.GetByLabel("Enter your index:").FillAsync(index);
        await page.GetByRole(AriaRole.Button, new() { Name = "Submit" }).ClickAsync();
        var line = page.GetByText($"For index {index} I calculated");
        await line.WaitForAsync();
        var text = await line.TextContentAsync();
        await page.GotoAsync(new Uri(FrontDoor.Address, "otherpage").ToString());
        return complaints.Count == 0 ? $"{text![..40]}..." : throw new CheckFailedException($"the browser says: {string.Join("; ", complaints)}");
    }
}
