using System.Globalization;
using System.Net.ServerSentEvents;

namespace Fib.Chaos.Load;

/// <summary>A page that stays open: reads the events through the gateway, and comes back with its last id whenever the stream breaks.</summary>
internal sealed class Listener(Uri gateway) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly HttpClient _client = new() { BaseAddress = gateway };
    private readonly Lock _turn = new();
    private readonly List<long> _heard = [];

    /// <summary>The ids of all events so far, in the order of their coming.</summary>
    public IReadOnlyList<long> Heard
    {
        get
        {
            lock (_turn)
                return [.. _heard];
        }
    }

    /// <summary>Listens from the first event on, until the stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stop);
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException or OperationCanceledException)
            {
                // The next connection goes on where this one ended.
            }

            await Task.Delay(Pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task ListenAsync(CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/values/events");
        request.Headers.Add("Last-Event-ID", (Heard is [.., var last] ? last : 0).ToString(CultureInfo.InvariantCulture));
        using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
        answer.EnsureSuccessStatusCode();
        await foreach (var happened in SseParser.Create(await answer.Content.ReadAsStreamAsync(stop)).EnumerateAsync(stop))
        {
            // Progress has no id: it is never told again.
            if (happened.EventId is { } id)
                Add(long.Parse(id, CultureInfo.InvariantCulture));
        }
    }

    private void Add(long id)
    {
        lock (_turn)
            _heard.Add(id);
    }
}
