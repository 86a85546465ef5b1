using Fib.LocalSystem.Events;

namespace Fib.Bench.Page;

/// <summary>Somebody with an open page.</summary>
internal sealed class Visitor(HttpClient http) : IDisposable
{
    private EventStream? _events;

    /// <summary>Loads the page and opens the stream of events.</summary>
    public async Task ArriveAsync(CancellationToken cancellationToken)
    {
        await http.GetStringAsync("/", cancellationToken);
        _events = await EventStream.OpenAsync(http, cancellationToken: cancellationToken);
    }

    /// <summary>Whether so many terms are told of in time.</summary>
    public async Task<bool> HearAsync(int terms, TimeSpan patience)
    {
        using var deadline = new CancellationTokenSource(patience);
        try
        {
            while (terms > 0)
                terms -= (await _events!.ReadAsync(patience, deadline.Token)).Type == "computed" ? 1 : 0;
            return true;
        }
        catch (Exception late) when (late is OperationCanceledException or TimeoutException or EndOfStreamException)
        {
            return false;
        }
    }

    public void Dispose() => _events?.Dispose();
}
