using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Fib.Chaos.Load;

/// <summary>Clients who submit and read through the gateway, each one request after the other.</summary>
internal sealed class LoadClients(Uri gateway, Mix mix) : IDisposable
{
    private const int Clients = 8;
    private const int ReadEvery = 25;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);
    private static readonly string[] Reads = ["api/values/current", "api/values?limit=50", "api/values/7", "api/values/all"];

    private readonly HttpClient _client = new() { BaseAddress = gateway, Timeout = TimeSpan.FromSeconds(20) };
    private readonly ConcurrentQueue<Attempt> _attempts = [];

    /// <summary>Every request so far.</summary>
    public IReadOnlyCollection<Attempt> Attempts => _attempts;

    /// <summary>Submits and reads until the stop; what is under way then is still answered.</summary>
    public Task RunAsync(CancellationToken stop) => Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => VisitAsync(stop)));

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task VisitAsync(CancellationToken stop)
    {
        for (var visit = 1; !stop.IsCancellationRequested; visit++)
        {
            _attempts.Enqueue(visit % ReadEvery == 0 ? await ReadAsync(visit / ReadEvery) : await SubmitAsync());
            await Task.Delay(Pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<Attempt> SubmitAsync()
    {
        var (json, index) = mix.Next();
        using var content = new StringContent($$"""{"index":{{json}}}""", Encoding.UTF8, "application/json");
        var attempt = await AskAsync("POST", () => _client.PostAsync("api/values", content));
        return attempt with { Index = index, Answer = ToAnswer(attempt.Class) };
    }

    private Task<Attempt> ReadAsync(int number) => AskAsync("GET", () => _client.GetAsync(Reads[number % Reads.Length]));

    private static Answer ToAnswer(string found) => found switch
    {
        "POST 200" => Answer.Acknowledged,
        "POST 400" or "POST 422" => Answer.Refused,
        _ => Answer.Open,
    };

    private static async Task<Attempt> AskAsync(string method, Func<Task<HttpResponseMessage>> ask)
    {
        var sent = Stopwatch.GetTimestamp();
        var outcome = await ToClassAsync(ask);
        return new Attempt(null, null, $"{method} {outcome}", sent, Stopwatch.GetTimestamp());
    }

    private static async Task<string> ToClassAsync(Func<Task<HttpResponseMessage>> ask)
    {
        try
        {
            using var answer = await ask();
            return ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);
        }
        catch (HttpRequestException broken)
        {
            return broken.HttpRequestError == HttpRequestError.ConnectionError ? "not connected" : "broken off";
        }
        catch (TaskCanceledException)
        {
            return "no answer in time";
        }
    }
}
