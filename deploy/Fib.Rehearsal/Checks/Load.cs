using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Fib.LocalSystem.Events;

namespace Fib.Rehearsal.Checks;

/// <summary>Visitors who submit and read, all at once.</summary>
internal sealed class Load : IDisposable
{
    /// <summary>The load submits those below: few enough that their terms are soon there, many enough that the answers have a size.</summary>
    public const int Indexes = 1_000;

    private readonly int _connections;
    private readonly BackPressureHandler _backPressure;
    private readonly HttpClient _client;
    private readonly ConcurrentBag<TimeSpan> _submits = [];
    private readonly ConcurrentDictionary<string, int> _answers = new();
    private int _sent;

    /// <param name="connections">How many requests are under way at any time.</param>
    public Load(int connections)
    {
        _connections = connections;
        _backPressure = new BackPressureHandler(new SocketsHttpHandler { MaxConnectionsPerServer = connections });
        _client = new HttpClient(_backPressure) { BaseAddress = FrontDoor.Address, Timeout = TimeSpan.FromSeconds(20) };
    }

    /// <summary>Submits this many indexes and nothing else.</summary>
    public Task SubmitAsync(int count, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = _connections, CancellationToken = cancellationToken };
        return Parallel.ForAsync(0, count, options, async (number, token) => await SubmitOneAsync(number, token));
    }

    /// <summary>The mix of what pages and scripts ask for: half submits, half reads, among them the whole list.</summary>
    public async Task MixAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(duration);
        await Task.WhenAll(Enumerable.Range(0, _connections).Select(_ => VisitAsync(end.Token)));
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>What was answered, in one line.</summary>
    /// <exception cref="CheckFailedException">Something else than success was.</exception>
    public string Summarize(TimeSpan duration)
    {
        var answers = string.Join(", ", _answers.OrderByDescending(answer => answer.Value).Select(answer => $"{answer.Value} x {answer.Key}"));
        if (_answers.Keys.Any(answer => answer is not ("200" or "202")))
            throw new CheckFailedException(answers);
        var submits = _submits.Order().ToList();
        return string.Create(CultureInfo.InvariantCulture,
            $"{_answers.Values.Sum() / duration.TotalSeconds:0} requests/s ({answers}; {_backPressure.Refusals} sent again after 503); submits p50 {At(0.5):0} ms, p99 {At(0.99):0} ms");

        double At(double part) => submits[(int)(part * (submits.Count - 1))].TotalMilliseconds;
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task VisitAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (!cancellationToken.IsCancellationRequested)
                await VisitOnceAsync(Interlocked.Increment(ref _sent), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The time is over.
        }
    }

    private Task VisitOnceAsync(int number, CancellationToken cancellationToken) => (number % 10) switch
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
        await AskAsync(() => _client.PostAsJsonAsync("api/values", new { index = number % Indexes }, cancellationToken), cancellationToken);
        _submits.Add(Stopwatch.GetElapsedTime(started));
    }

    private Task ReadAsync(string path, CancellationToken cancellationToken) =>
        AskAsync(() => _client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, cancellationToken), cancellationToken);

    private async Task AskAsync(Func<Task<HttpResponseMessage>> ask, CancellationToken cancellationToken)
    {
        var outcome = "no answer";
        try
        {
            using var answer = await ask();
            await answer.Content.CopyToAsync(Stream.Null, cancellationToken);
            outcome = ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException || (broken is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            outcome = $"no answer ({broken.Message})";
        }

        cancellationToken.ThrowIfCancellationRequested();
        _answers.AddOrUpdate(outcome, 1, (_, count) => count + 1);
    }
}
