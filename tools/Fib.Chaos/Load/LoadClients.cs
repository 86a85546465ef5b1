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
    private const int MostTries = 400;
    private const string KeyHeader = "Idempotency-Key";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(200);
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
            if (visit % ReadEvery == 0)
                _attempts.Enqueue(await ReadAsync(visit / ReadEvery));
            else
                await SubmitAsync(visit % 2 == 0 ? Guid.NewGuid().ToString() : null);
            await Task.Delay(Pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Without a key once; with one again and again until it is answered.</summary>
    private async Task SubmitAsync(string? key)
    {
        var (json, index) = mix.Next();
        for (var tries = 1; ; tries++)
        {
            var attempt = await TryAsync(json, index, key);
            var again = key is not null && attempt.Answer == Answer.Open && tries < MostTries;
            _attempts.Enqueue(again ? attempt with { Answer = Answer.Retried } : attempt);
            if (!again)
                return;
            await Task.Delay(RetryPause);
        }
    }

    private async Task<Attempt> TryAsync(string json, int? index, string? key)
    {
        using var content = new StringContent($$"""{"index":{{json}}}""", Encoding.UTF8, "application/json");
        if (key is not null)
            content.Headers.Add(KeyHeader, key);
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
