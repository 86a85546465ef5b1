using Fib.Tests.Support;

namespace Fib.Tests.System.Page;

/// <summary>Answers in the place of the api's list of submissions.</summary>
internal static class ListAnswers
{
    /// <summary>The address of the list.</summary>
    public const string Pattern = "**/api/values?**";

    /// <summary>Answers every further request for the list.</summary>
    public static async Task AnswerListAsync(this BrowserPage page, params (int Id, int Index, string State)[] items) =>
        await page.Page.RouteAsync(Pattern, route => route.FulfillAsync(new() { Json = Create(items) }));

    /// <summary>Refreshes the page: one that is shown again does.</summary>
    public static async Task RefreshAsync(this BrowserPage page)
    {
        await page.Page.SetHiddenAsync(true);
        await page.Page.SetHiddenAsync(false);
    }

    public static object Create(params (int Id, int Index, string State)[] items) => new
    {
        items = items.Select(item => new
        {
            id = item.Id,
            index = item.Index,
            state = item.State,
            term = item.State == "Computed" ? "5" : null,
            reason = item.State == "Failed" ? "It fails." : null,
        }),
    };
}
