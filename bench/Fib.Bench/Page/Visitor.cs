namespace Fib.Bench.Page;

/// <summary>Somebody with an open page.</summary>
internal sealed class Visitor(HttpClient http) : IDisposable
{
    private HttpResponseMessage? _events;
    private StreamReader? _reader;

    /// <summary>Loads the page and opens the stream of events.</summary>
    public async Task ArriveAsync(CancellationToken cancellationToken)
    {
        await http.GetStringAsync("/", cancellationToken);
        _events = await http.GetAsync("/api/values/events", HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        _reader = new StreamReader(await _events.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(cancellationToken));
    }

    /// <summary>Whether so many terms are told of in time.</summary>
    public async Task<bool> HearAsync(int terms, TimeSpan patience)
    {
        using var deadline = new CancellationTokenSource(patience);
        try
        {
            while (terms > 0 && await _reader!.ReadLineAsync(deadline.Token) is { } line)
                terms -= line == "event: computed" ? 1 : 0;
            return terms == 0;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        _reader?.Dispose();
        _events?.Dispose();
    }
}
