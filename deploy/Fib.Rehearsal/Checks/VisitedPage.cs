using System.Globalization;
using Microsoft.Playwright;

namespace Fib.Rehearsal.Checks;

/// <summary>One visit of the page, and what the browser complained of meanwhile.</summary>
internal sealed class VisitedPage : IAsyncDisposable
{
    private readonly IPage _page;
    private readonly List<string> _complaints = [];
    private readonly TaskCompletionSource<string> _networkChanged = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public VisitedPage(IPage page)
    {
        _page = page;
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                Complain(message.Text);
        };
        page.PageError += (_, error) => Complain(error);
    }

    public IReadOnlyList<string> Complaints => _complaints;

    /// <summary>The machine's networks changed during the visit, so what it found says nothing of the page.</summary>
    public bool NetworkChanged => _networkChanged.Task.IsCompleted;

    /// <summary>Submits <paramref name="index"/>, waits for its line and visits the other page.</summary>
    /// <returns>The line, or nothing where the networks changed.</returns>
    public async Task<string> SubmitAsync(int index)
    {
        var visit = VisitAsync(index.ToString(CultureInfo.InvariantCulture));
        try
        {
            return await await Task.WhenAny(visit, _networkChanged.Task);
        }
        catch (PlaywrightException exception) when (NetworkChanged || IsNetworkChange(exception.Message))
        {
            Complain(exception.Message);
            return "";
        }
    }

    public async ValueTask DisposeAsync() => await _page.CloseAsync();

    private async Task<string> VisitAsync(string index)
    {
        await _page.GotoAsync(FrontDoor.Address.ToString());
        await _page.GetByLabel("Enter your index:").FillAsync(index);
        await _page.GetByRole(AriaRole.Button, new() { Name = "Submit" }).ClickAsync();
        var line = _page.GetByText($"For index {index} I calculated");
        await line.WaitForAsync();
        var text = await line.TextContentAsync();
        await _page.GotoAsync(new Uri(FrontDoor.Address, "otherpage").ToString());
        return text!;
    }

    private void Complain(string complaint)
    {
        _complaints.Add(complaint);
        if (IsNetworkChange(complaint))
            _networkChanged.TrySetResult("");
    }

    private static bool IsNetworkChange(string message) => message.Contains("ERR_NETWORK_CHANGED", StringComparison.Ordinal);
}
