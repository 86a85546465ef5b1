using System.Globalization;
using Fib.LocalSystem.Events;

namespace Fib.Chaos.Load;

/// <summary>
/// Subscribes to the event stream through the gateway, as an open page does: whenever the stream breaks, it reconnects with the id
/// of the last received event.
/// </summary>
internal sealed class EventSubscriber(Uri gateway) : IDisposable
{
    private static readonly TimeSpan ReconnectDelay = TimeSpan.FromMilliseconds(250);

    private readonly HttpClient _client = new() { BaseAddress = gateway };
    private readonly Lock _lock = new();
    private readonly List<long> _received = [];

    /// <summary>The ids of all events received so far, in the order of their arrival.</summary>
    public IReadOnlyList<long> Received
    {
        get
        {
            lock (_lock)
                return [.. _received];
        }
    }

    /// <summary>Receives events, from the first one on, until the cancellation.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await ReceiveAsync(stop);
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
            {
                // The next connection continues after the last received event.
            }

            await Task.Delay(ReconnectDelay, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task ReceiveAsync(CancellationToken stop)
    {
        var last = Received is [.., var newest] ? newest : 0;
        using var stream = await EventStream.OpenAsync(_client, last.ToString(CultureInfo.InvariantCulture), cancellationToken: stop);
        while (true)
        {
            var received = await stream.ReadAsync(Timeout.InfiniteTimeSpan, stop);
            // Progress and previews have no id: they are not repeated after a reconnect.
            if (received.Id.Length > 0)
                Add(long.Parse(received.Id, CultureInfo.InvariantCulture));
        }
    }

    private void Add(long id)
    {
        lock (_lock)
            _received.Add(id);
    }
}
