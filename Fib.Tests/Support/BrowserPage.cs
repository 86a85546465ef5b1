using System.Diagnostics;
using Fib.LocalSystem.Processes;
using Fib.Rehearsal.Checks;
using Microsoft.Playwright;

namespace Fib.Tests.Support;

/// <summary>An open page, with the errors that it has reported.</summary>
internal sealed class BrowserPage : IAsyncDisposable
{
    /// <summary>Closing takes milliseconds.</summary>
    public static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Milliseconds of one attempt of <see cref="ExpectAsync"/>.</summary>
    private const float AttemptTimeout = 10_000;

    private readonly IBrowserContext _context;
    private readonly List<string> _errors = [];
    private volatile bool _networkChanged;

    public BrowserPage(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            if (PageVisit.IsNetworkChange(message.Text))
                _networkChanged = true;
            else if (message.Type == "error")
                _errors.Add(message.Text);
        };
        page.RequestFailed += (_, request) => _networkChanged |= PageVisit.IsNetworkChange(request.Failure ?? "");
        page.PageError += (_, error) => _errors.Add(error);
    }

    public IPage Page { get; }

    /// <summary>Errors on the page's console and exceptions of its scripts.</summary>
    public IReadOnlyList<string> Errors => _errors;

    public ILocator Field => Page.GetByLabel("Enter your index:");

    public ILocator Reason => Page.Locator("#reason");

    public ILocator Seen => Page.Locator("#seen li");

    /// <summary>Holds the next submission until the result is set, and then answers it.</summary>
    public async Task<TaskCompletionSource> HoldSubmissionAsync(Func<IRoute, Task> answerAsync)
    {
        var release = new TaskCompletionSource();
        await Page.RouteAsync("**/api/values/batch", async route =>
        {
            await release.Task;
            await answerAsync(route);
        }, new() { Times = 1 });
        return release;
    }

    /// <summary>Opens an address; again, if the browser canceled a request of the page because a network interface changed.</summary>
    public Task<IResponse?> GotoAsync(string address) => LoadAsync(() => Page.GotoAsync(address));

    /// <summary>Opens an address, and waits until the page receives events.</summary>
    public Task GotoLiveAsync(string address) =>
        Page.RunAndWaitForResponseAsync(() => GotoAsync(address), "**/api/values/events");

    /// <summary>Reloads the page, as <see cref="GotoAsync"/> opens it.</summary>
    public Task<IResponse?> ReloadAsync() => LoadAsync(() => Page.ReloadAsync());

    /// <summary>
    /// Awaits what the page shows once it has reloaded itself. Reloads it, if the browser canceled a request of it because a network
    /// interface changed: a page that misses a script cannot do so itself.
    /// </summary>
    /// <param name="selector">The element that shows it.</param>
    /// <param name="expectAsync">Expects it within a number of milliseconds.</param>
    /// <exception cref="PlaywrightException">The page did not show it in time.</exception>
    public async Task ExpectAsync(string selector, Func<ILocatorAssertions, float, Task> expectAsync)
    {
        var begun = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await expectAsync(Assertions.Expect(Page.Locator(selector)), AttemptTimeout);
                return;
            }
            catch (PlaywrightException) when (Stopwatch.GetElapsedTime(begun) < Eventually.DefaultTimeout)
            {
                if (_networkChanged)
                    await ReloadAsync();
            }
        }
    }

    public async Task SubmitAsync(string index)
    {
        await Field.FillAsync(index);
        await Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Submit" }).ClickAsync();
    }

    /// <summary>The outcome of the last submission.</summary>
    public ILocator SubmitStatus => Page.Locator("#submit-status");

    /// <summary>The row of an index among the results.</summary>
    public ILocator Row(int index) => Page.Locator($"#terms [data-index='{index}']");

    /// <summary>The line of a computed term; a term of more than 100 digits is shortened in the middle.</summary>
    public ILocator Line(int index)
    {
        var term = Fibonacci.Term(index);
        var shown = term.Length <= 100 ? term : $"{term[..20]}…{term[^20..]} ({term.Length} digits)";
        return Page.GetByText($"For index {index} I calculated {shown}", new PageGetByTextOptions { Exact = true });
    }

    /// <summary>Asserts that the page has no horizontal overflow.</summary>
    public async Task AssertFitsAsync() => Assert.True(
        await Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"),
        "The page is wider than the screen.");

    /// <summary>Saves a screenshot in artifacts/screenshots.</summary>
    public Task PictureAsync(string name) =>
        Page.ScreenshotAsync(new PageScreenshotOptions
        {
            Path = Path.Combine(Repository.Root, "artifacts", "screenshots", $"{name}.png"),
            FullPage = true,
            Animations = ScreenshotAnimations.Disabled,
        });

    /// <summary>
    /// Bounded, because Playwright sometimes never answers if the page reloads at that moment. The fixture ends the browser, and with
    /// it the page.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _context.CloseAsync().WaitAsync(CloseTimeout);
        }
        catch (TimeoutException)
        {
        }
    }

    private async Task<IResponse?> LoadAsync(Func<Task<IResponse?>> loadAsync)
    {
        var canceled = false;
        while (true)
        {
            _networkChanged = false;
            try
            {
                var response = await loadAsync();
                if (!_networkChanged)
                    return response;
            }
            catch (PlaywrightException exception)
                when (PageVisit.IsNetworkChange(exception.Message) || (canceled && IsInterruption(exception.Message)))
            {
                canceled = true;
            }
        }
    }

    /// <summary>
    /// Whether another navigation interrupted this one. After a canceled navigation it is that one: the browser reports its failure
    /// before it shows its error page (https://github.com/microsoft/playwright/issues/35944).
    /// </summary>
    private static bool IsInterruption(string message) =>
        message.Contains("is interrupted by another navigation", StringComparison.Ordinal);
}
