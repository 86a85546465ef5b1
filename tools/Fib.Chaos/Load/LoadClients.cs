using System.Collections.Concurrent;

namespace Fib.Chaos.Load;

/// <summary>Eight clients that submit and read through the gateway, each one request after the other.</summary>
internal sealed class LoadClients : IDisposable
{
    private const int Clients = 8;
    private const int ReadEvery = 25;
    private const int BatchEvery = 20;
    private const int KeyEvery = 2;
    private const int RepeatEvery = 16;
    private const int ReuseKeyEvery = 34;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);
    private static readonly string[] ReadPaths =
        ["api/values/current", "api/values?limit=50", "api/values/7", "api/values/all", "api/system"];

    private readonly HttpClient _client;
    private readonly Workload _workload;
    private readonly Submitter _submitter;
    private readonly ConcurrentQueue<Attempt> _attempts = [];

    /// <summary>Creates clients that send nothing yet.</summary>
    public LoadClients(Uri gateway, Workload workload)
    {
        _client = new HttpClient { BaseAddress = gateway, Timeout = TimeSpan.FromSeconds(20) };
        _workload = workload;
        _submitter = new Submitter(_client, _attempts);
    }

    /// <summary>Every read and every submitted entry so far.</summary>
    public IReadOnlyCollection<Attempt> Attempts => _attempts;

    /// <summary>Submits and reads until the cancellation, and waits for the responses to the last requests.</summary>
    public Task RunAsync(CancellationToken stop) => Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => RunClientAsync(stop)));

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task RunClientAsync(CancellationToken stop)
    {
        for (var number = 1; !stop.IsCancellationRequested; number++)
        {
            if (number % ReadEvery == 0)
                await ReadAsync(number / ReadEvery);
            else if (number % BatchEvery == 0)
                await SubmitAsync(_workload.NextBatch(), number / BatchEvery);
            else
                await SubmitAsync(_workload.NextSingle(), number);
            await Task.Delay(Pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SubmitAsync(Submission submission, int number)
    {
        var key = number % KeyEvery == 0 ? Guid.NewGuid().ToString() : null;
        if (!await _submitter.SubmitAsync(submission, key) || key is null)
            return;
        if (number % RepeatEvery == 0)
            await _submitter.RepeatAsync(submission, key);
        if (number % ReuseKeyEvery == 0 && submission.Entries[0].Index is { } index)
            await _submitter.ReuseKeyAsync(index + 1, key);
    }

    private async Task ReadAsync(int number)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, ReadPaths[number % ReadPaths.Length]);
        var exchange = await HttpExchange.SendAsync(_client, request);
        _attempts.Enqueue(new Attempt(null, null, $"GET {exchange.Status}", exchange.Sent, exchange.Ended));
    }
}
