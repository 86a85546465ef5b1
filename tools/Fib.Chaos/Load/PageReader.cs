using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Fib.Chaos.Load;

/// <summary>The response to one page request.</summary>
/// <param name="Path">The path of the page.</param>
/// <param name="Status">The status code, or why there was no response.</param>
/// <param name="HasStackTrace">Whether the page contains a stack trace.</param>
internal sealed record PageResponse(string Path, string Status, bool HasStackTrace);

/// <summary>Reads the pages <c>/</c> and <c>/terms/7</c> in turn, through the gateway.</summary>
internal sealed partial class PageReader(Uri gateway) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly string[] Paths = ["/", "/terms/7"];

    private readonly HttpClient _client = new() { BaseAddress = gateway, Timeout = TimeSpan.FromSeconds(20) };
    private readonly ConcurrentQueue<PageResponse> _responses = [];

    /// <summary>Every response so far.</summary>
    public IReadOnlyCollection<PageResponse> Responses => _responses;

    /// <summary>Reads until the cancellation.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            _responses.Enqueue(await ReadAsync(Paths[number % Paths.Length]));
            await Task.Delay(Pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Whether a text has a frame of a .NET stack trace, or an exception's full name.</summary>
    public static bool HasStackTrace(string text) => StackTrace().IsMatch(text);

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<PageResponse> ReadAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept", "text/html");
        var exchange = await HttpExchange.SendAsync(_client, request);
        return new PageResponse(path, exchange.Status, HasStackTrace(exchange.Body));
    }

    [GeneratedRegex(@"^\s*at [\w.<>`+]+\(|\.cs:line \d|\b\w+(\.\w+)+Exception\b", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex StackTrace();
}
