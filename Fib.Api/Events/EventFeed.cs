using System.Collections.Concurrent;
using System.Threading.Channels;
using Fib.Api.Storage;
using Npgsql;

namespace Fib.Api.Events;

/// <summary>Tells every listener of this process what was committed by any: one connection hears the commits, one query reads what is new.</summary>
internal sealed class EventFeed(NpgsqlDataSource dataSource, EventReader reader, SchemaState schema, TimeProvider time, ILogger<EventFeed> logger) : BackgroundService
{
    private const int PageSize = 500;

    /// <summary>A listener that is this far behind reads from PostgreSQL again.</summary>
    private const int MaxBehind = 1_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ListenDeadline = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Channel<SequenceEvent>, bool> _listeners = new();

    /// <summary>Everything committed from now on, until the listener is removed; completed early for one that does not keep up.</summary>
    public Channel<SequenceEvent> AddListener()
    {
        var listener = Channel.CreateBounded<SequenceEvent>(new BoundedChannelOptions(MaxBehind) { SingleReader = true });
        _listeners[listener] = true;
        return listener;
    }

    public void RemoveListener(Channel<SequenceEvent> listener) => _listeners.TryRemove(listener, out _);

    /// <summary>Tells every listener at once; one that does not keep up misses only what is not stored.</summary>
    public void Tell(SequenceEvent happened)
    {
        foreach (var listener in _listeners.Keys)
        {
            if (!listener.Writer.TryWrite(happened) && happened.Id is not null)
                listener.Writer.TryComplete();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.WaitAsync(stoppingToken);
        long? last = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await dataSource.OpenConnectionAsync(stoppingToken);
                await using (var listen = new NpgsqlCommand($"LISTEN {Schema.EventChannel}", connection))
                    await listen.ExecuteNonQueryAsync(stoppingToken);
                last ??= await reader.GetLastIdAsync(stoppingToken);
                while (true)
                {
                    last = await TellAsync(last.Value, stoppingToken);
                    // The deadline bounds what a lost notification could cost, and finds a server that hangs.
                    await connection.WaitAsync(ListenDeadline, stoppingToken);
                }
            }
            catch (Exception failure) when (StoreFailure.IsPassing(failure))
            {
                Log.Paused(logger, "The feed of events", failure.Message);
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    private async Task<long> TellAsync(long last, CancellationToken cancellationToken)
    {
        IReadOnlyList<SequenceEvent> events;
        do
        {
            events = await reader.ReadAfterAsync(last, PageSize, cancellationToken);
            foreach (var happened in events)
                Tell(happened);
            last = events.Count > 0 ? events[^1].Id!.Value : last;
        }
        while (events.Count == PageSize);
        return last;
    }
}
