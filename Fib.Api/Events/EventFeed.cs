using System.Collections.Concurrent;
using System.Threading.Channels;
using Fib.Api.Storage;
using Fib.Api.Terms;
using Fib.ServiceDefaults.Background;
using Npgsql;

namespace Fib.Api.Events;

/// <summary>Tells every listener of this process what was committed by any: one connection hears the commits, one query reads what is new.</summary>
internal sealed class EventFeed(NpgsqlDataSource dataSource, EventReader reader, SchemaState schema, StoreStates stores, TimeProvider time, ILogger<EventFeed> logger) : BackgroundService
{
    private const int PageSize = 500;

    /// <summary>A listener that is this far behind reads from PostgreSQL again.</summary>
    private const int MaxBehind = 1_000;

    private static readonly TimeSpan ListenDeadline = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Channel<SequenceEvent>, bool> _listeners = new();
    private readonly Lock _lock = new();
    private TaskCompletionSource _called = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _live = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Everything committed from the return of this on, until the listener is removed; completed early for one that does not keep up.</summary>
    /// <exception cref="TimeoutException">The database is away.</exception>
    public async Task<Channel<SequenceEvent>> AddListenerAsync(CancellationToken cancellationToken)
    {
        var listener = Channel.CreateBounded<SequenceEvent>(new BoundedChannelOptions(MaxBehind) { SingleReader = true });
        Task live;
        lock (_lock)
        {
            _listeners[listener] = true;
            live = _live.Task;
            _called.TrySetResult();
        }

        try
        {
            await live.WaitAsync(TermsExtensions.StoreDeadline, cancellationToken);
            return listener;
        }
        catch
        {
            RemoveListener(listener);
            throw;
        }
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
        var loop = new RetryLoop("The feed of events", stores.FindOutage, time, logger);
        await loop.RunAsync(
            async token =>
            {
                if (TryRest(out var called))
                {
                    last = null;
                    await called.WaitAsync(token);
                }

                await using var commits = await CommitListener.ListenAsync(dataSource, token);
                last = last is { } known ? await FindStartAsync(known, token) : await reader.GetLastIdAsync(token);
                _live.TrySetResult();
                loop.SetSucceeded();
                while (!_listeners.IsEmpty)
                {
                    last = await TellAsync(last.Value, token);
                    // The deadline bounds what a lost notification could cost, and finds a server that hangs.
                    if (!await commits.WaitAsync(ListenDeadline, token))
                        last = await FindStartAsync(last.Value, token);
                }
            }, stoppingToken);
    }

    /// <summary>Without a listener nothing is read: a commit then costs nothing here. Whoever comes next waits until the feed is live again.</summary>
    private bool TryRest(out Task called)
    {
        lock (_lock)
        {
            if (_listeners.IsEmpty)
            {
                if (_called.Task.IsCompleted)
                    _called = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                if (_live.Task.IsCompleted)
                    _live = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            called = _called.Task;
            return _listeners.IsEmpty;
        }
    }

    /// <summary>A database that began anew counts anew: the listeners end, since they know ids of the old one, and come back.</summary>
    private async Task<long> FindStartAsync(long last, CancellationToken cancellationToken)
    {
        if (await reader.GetLastDrawnIdAsync(cancellationToken) >= last)
            return last;
        foreach (var listener in _listeners.Keys)
            listener.Writer.TryComplete();
        return await reader.GetLastIdAsync(cancellationToken);
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
