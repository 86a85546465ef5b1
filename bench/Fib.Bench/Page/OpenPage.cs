using Fib.LocalSystem.Events;

namespace Fib.Bench.Page;

/// <summary>One open page with its event stream.</summary>
internal sealed class OpenPage(HttpClient http) : IDisposable
{
    private EventStream? _events;

    /// <summary>Loads the page and opens its event stream.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await http.GetStringAsync("/", cancellationToken);
        _events = await EventStream.OpenAsync(http, cancellationToken: cancellationToken);
    }

    /// <summary>Receives a number of <c>computed</c> events.</summary>
    /// <returns>Whether all arrived within the timeout.</returns>
    public async Task<bool> ReceiveAsync(int terms, TimeSpan timeout)
    {
        using var deadline = new CancellationTokenSource(timeout);
        try
        {
            while (terms > 0)
                terms -= (await _events!.ReadAsync(timeout, deadline.Token)).Type == "computed" ? 1 : 0;
            return true;
        }
        catch (Exception exception) when (exception is OperationCanceledException or TimeoutException or EndOfStreamException)
        {
            return false;
        }
    }

    public void Dispose() => _events?.Dispose();
}
