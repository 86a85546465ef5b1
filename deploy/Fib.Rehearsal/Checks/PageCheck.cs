using System.Globalization;
using Fib.LocalSystem.Processes;
using Microsoft.Playwright;

namespace Fib.Rehearsal.Checks;

/// <summary>Checks in a real browser that the page works and shows a submitted index's term without a reload.</summary>
internal static class PageCheck
{
    private const int MaxVisits = 5;

    /// <summary>Submits an index on the page and waits for its result.</summary>
    /// <exception cref="CheckFailedException">The browser reported errors.</exception>
    public static async Task<string> RunAsync(EdgeClient edge, CancellationToken cancellationToken)
    {
        var launch = new BrowserTypeLaunchOptions
        {
            ExecutablePath = InstalledBrowser.Find(),
            Args = ["--no-sandbox", "--disable-dev-shm-usage"],
        };
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(launch);
        await using var closing = cancellationToken.Register(() => _ = browser.CloseAsync());
        for (var visit = 1; ; visit++)
        {
            await using var page = new PageVisit(await browser.NewPageAsync());
            var text = await page.SubmitAsync(edge.NextIndex());
            if (page.NetworkChanged && visit < MaxVisits)
                continue;
            return page.Errors.Count == 0
                ? $"{text[..40]}..."
                : throw new CheckFailedException($"the browser reports: {string.Join("; ", page.Errors)}");
        }
    }
}

/// <summary>One visit of the page, and the errors that the browser reported during it.</summary>
internal sealed class PageVisit : IAsyncDisposable
{
    private readonly IPage _page;
    private readonly List<string> _errors = [];
    private readonly TaskCompletionSource<string> _networkChanged = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PageVisit(IPage page)
    {
        _page = page;
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                AddError(message.Text);
        };
        page.PageError += (_, error) => AddError(error);
    }

    public IReadOnlyList<string> Errors => _errors;

    /// <summary>Whether the machine's network interfaces changed during the visit, which makes its result meaningless.</summary>
    public bool NetworkChanged => _networkChanged.Task.IsCompleted;

    /// <summary>Submits <paramref name="index"/>, waits for its result and opens the other page.</summary>
    /// <returns>The text of the result; empty if the network interfaces changed.</returns>
    public async Task<string> SubmitAsync(int index)
    {
        var visit = VisitAsync(index.ToString(CultureInfo.InvariantCulture));
        try
        {
            return await await Task.WhenAny(visit, _networkChanged.Task);
        }
        catch (PlaywrightException exception) when (NetworkChanged || IsNetworkChange(exception.Message))
        {
            AddError(exception.Message);
            return "";
        }
    }

    public async ValueTask DisposeAsync() => await _page.CloseAsync();

    private async Task<string> VisitAsync(string index)
    {
        await _page.GotoAsync(EdgeClient.Address.ToString());
        await _page.GetByLabel("Enter your index:").FillAsync(index);
        await _page.GetByRole(AriaRole.Button, new() { Name = "Submit" }).ClickAsync();
        var result = _page.GetByText($"For index {index} I calculated");
        await result.WaitForAsync();
        var text = await result.TextContentAsync();
        await _page.GotoAsync(new Uri(EdgeClient.Address, "otherpage").ToString());
        return text!;
    }

    /// <summary>
    /// Whether a browser reports that it aborted a request because the machine's network interfaces changed, as they do when a container
    /// starts or stops.
    /// </summary>
    public static bool IsNetworkChange(string message) => message.Contains("ERR_NETWORK_CHANGED", StringComparison.Ordinal);

    private void AddError(string error)
    {
        _errors.Add(error);
        if (IsNetworkChange(error))
            _networkChanged.TrySetResult("");
    }
}
