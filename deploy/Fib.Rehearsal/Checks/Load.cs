using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Fib.LocalSystem.Events;

namespace Fib.Rehearsal.Checks;

/// <summary>A load generator: a fixed number of concurrent connections that submit and read.</summary>
internal sealed class Load : IDisposable
{
    /// <summary>Indexes below this one are submitted: few enough to be computed soon, enough for responses of a realistic size.</summary>
    public const int Indexes = 1_000;

    private readonly int _connections;
    private readonly BackPressureHandler _backPressure;
    private readonly HttpClient _client;
    private readonly ConcurrentBag<TimeSpan> _submits = [];
    private readonly ConcurrentDictionary<string, int> _outcomes = new();
    private int _sent;

    /// <param name="connections">The number of concurrent requests.</param>
    public Load(int connections)
    {
        _connections = connections;
        _backPressure = new BackPressureHandler(new SocketsHttpHandler { MaxConnectionsPerServer = connections });
        _client = new HttpClient(_backPressure) { BaseAddress = EdgeClient.Address, Timeout = TimeSpan.FromSeconds(20) };
    }

    /// <summary>Submits a number of indexes.</summary>
    public Task SubmitAsync(int count, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = _connections, CancellationToken = cancellationToken };
        return Parallel.ForAsync(0, count, options, async (number, token) => await SubmitOneAsync(number, token));
    }

    /// <summary>Sends requests as pages and scripts do: half submissions, half reads, including the list of all submissions.</summary>
    public async Task RunWorkloadAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(duration);
        await Task.WhenAll(Enumerable.Range(0, _connections).Select(_ => SendUntilCancelledAsync(end.Token)));
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Throughput, outcomes and latency of submissions, in one line.</summary>
    /// <exception cref="CheckFailedException">A request had another outcome than 200 or 202.</exception>
    public string Summarize(TimeSpan duration)
    {
        var descending = _outcomes.OrderByDescending(outcome => outcome.Value);
        var outcomes = string.Join(", ", descending.Select(outcome => $"{outcome.Value} x {outcome.Key}"));
        if (_outcomes.Keys.Any(outcome => outcome is not ("200" or "202")))
            throw new CheckFailedException(outcomes);
        var submits = _submits.Order().ToList();
        return string.Create(CultureInfo.InvariantCulture,
            $"{_outcomes.Values.Sum() / duration.TotalSeconds:0} requests/s ({outcomes}; {_backPressure.Rejections} retried after 503); " +
            $"submissions p50 {Percentile(0.5):0} ms, p99 {Percentile(0.99):0} ms");

        double Percentile(double fraction) => submits[(int)(fraction * (submits.Count - 1))].TotalMilliseconds;
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task SendUntilCancelledAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (!cancellationToken.IsCancellationRequested)
                await SendNextAsync(Interlocked.Increment(ref _sent), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The duration has elapsed.
        }
    }

    private Task SendNextAsync(int number, CancellationToken cancellationToken) => (number % 10) switch
    {
        0 => ReadAsync("", cancellationToken),
        1 or 2 => ReadAsync("api/values/current", cancellationToken),
        3 => ReadAsync("api/values/all", cancellationToken),
        4 => ReadAsync($"api/values/{(number % Indexes).ToString(CultureInfo.InvariantCulture)}", cancellationToken),
        _ => SubmitOneAsync(number, cancellationToken),
    };

    private async Task SubmitOneAsync(int number, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var submission = new { index = number % Indexes };
        await SendAsync(() => _client.PostAsJsonAsync("api/values", submission, cancellationToken), cancellationToken);
        _submits.Add(Stopwatch.GetElapsedTime(started));
    }

    private Task ReadAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(() => _client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, cancellationToken), cancellationToken);

    private async Task SendAsync(Func<Task<HttpResponseMessage>> send, CancellationToken cancellationToken)
    {
        string outcome;
        try
        {
            using var response = await send();
            await response.Content.CopyToAsync(Stream.Null, cancellationToken);
            outcome = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException
            || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            outcome = $"no response ({exception.Message})";
        }

        cancellationToken.ThrowIfCancellationRequested();
        _outcomes.AddOrUpdate(outcome, 1, (_, count) => count + 1);
    }
}
