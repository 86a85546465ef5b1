using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Fib.Chaos.Load;

/// <summary>Somebody who looks at one page after the other, through the gateway.</summary>
internal sealed partial class PageReader(Uri gateway) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly string[] Paths = ["/", "/terms/7"];

    private readonly HttpClient _client = new() { BaseAddress = gateway, Timeout = TimeSpan.FromSeconds(20) };
    private readonly ConcurrentQueue<PageVisit> _visits = [];

    /// <summary>Every page so far.</summary>
    public IReadOnlyCollection<PageVisit> Visits => _visits;

    /// <summary>Reads until the stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            _visits.Enqueue(await VisitAsync(Paths[number % Paths.Length]));
            await Task.Delay(Pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Whether a text has a frame of a .NET stack trace, or an exception's full name.</summary>
    public static bool HasStackTrace(string text) => StackTrace().IsMatch(text);

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<PageVisit> VisitAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept", "text/html");
        var exchange = await Exchange.SendAsync(_client, request);
        return new PageVisit(path, exchange.Outcome, HasStackTrace(exchange.Body));
    }

    [GeneratedRegex(@"^\s*at [\w.<>`+]+\(|\.cs:line \d|\b\w+(\.\w+)+Exception\b", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex StackTrace();
}
