using System.Globalization;
using Fib.LocalSystem.Events;

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
        var last = Heard is [.., var newest] ? newest : 0;
        using var stream = await EventStream.OpenAsync(_client, last.ToString(CultureInfo.InvariantCulture), cancellationToken: stop);
        while (true)
        {
            var happened = await stream.ReadAsync(Timeout.InfiniteTimeSpan, stop);
            // Progress has no id: it is never told again.
            if (happened.Id.Length > 0)
                Add(long.Parse(happened.Id, CultureInfo.InvariantCulture));
        }
    }

    private void Add(long id)
    {
        lock (_turn)
            _heard.Add(id);
    }
}
