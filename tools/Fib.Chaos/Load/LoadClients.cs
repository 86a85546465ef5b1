using System.Collections.Concurrent;

namespace Fib.Chaos.Load;

/// <summary>Clients who submit and read through the gateway, each one request after the other.</summary>
internal sealed class LoadClients : IDisposable
{
    private const int Clients = 8;
    private const int ReadEvery = 25;
    private const int BatchEvery = 20;
    private const int KeyedEvery = 2;
    private const int RepeatEvery = 16;
    private const int MisuseEvery = 34;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);
    private static readonly string[] Reads = ["api/values/current", "api/values?limit=50", "api/values/7", "api/values/all", "api/system"];

    private readonly HttpClient _client;
    private readonly Mix _mix;
    private readonly Submitter _submitter;
    private readonly ConcurrentQueue<Attempt> _attempts = [];

    /// <summary>Clients who do not submit yet.</summary>
    public LoadClients(Uri gateway, Mix mix)
    {
        _client = new HttpClient { BaseAddress = gateway, Timeout = TimeSpan.FromSeconds(20) };
        _mix = mix;
        _submitter = new Submitter(_client, _attempts);
    }

    /// <summary>Every read and every submitted entry so far.</summary>
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
                await ReadAsync(visit / ReadEvery);
            else if (visit % BatchEvery == 0)
                await SubmitAsync(_mix.NextBatch(), visit / BatchEvery);
            else
                await SubmitAsync(_mix.NextSingle(), visit);
            await Task.Delay(Pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SubmitAsync(Submission submission, int number)
    {
        var key = number % KeyedEvery == 0 ? Guid.NewGuid().ToString() : null;
        if (!await _submitter.SubmitAsync(submission, key) || key is null)
            return;
        if (number % RepeatEvery == 0)
            await _submitter.RepeatAsync(submission, key);
        if (number % MisuseEvery == 0 && submission.Entries[0].Index is { } index)
            await _submitter.MisuseAsync(index + 1, key);
    }

    private async Task ReadAsync(int number)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Reads[number % Reads.Length]);
        var exchange = await Exchange.SendAsync(_client, request);
        _attempts.Enqueue(new Attempt(null, null, $"GET {exchange.Outcome}", exchange.Sent, exchange.Ended));
    }
}
