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
    private long? _last;

    /// <summary>What was told last; complete while the feed is live.</summary>
    public RecentEvents Recent { get; } = new();

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
        var loop = new RetryLoop("The feed of events", stores.FindOutage, time, logger, stores.Postgres);
        await loop.RunAsync(
            async token =>
            {
                try
                {
                    await FeedAsync(loop, token);
                }
                catch
                {
                    // Who opens a stream now is told that the database is away.
                    SetNotLive();
                    throw;
                }
            }, stoppingToken);
    }

    private async Task FeedAsync(RetryLoop loop, CancellationToken cancellationToken)
    {
        if (TryRest(out var called))
        {
            _last = null;
            await called.WaitAsync(cancellationToken);
        }

        await using var commits = await CommitListener.ListenAsync(dataSource, cancellationToken);
        _last = _last is { } known ? await FindStartAsync(known, cancellationToken) : await ResetAsync(cancellationToken);
        // What was missed meanwhile is read before anyone reads what is recent.
        _last = await TellAsync(_last.Value, cancellationToken);
        SetLive();
        loop.SetSucceeded();
        while (!_listeners.IsEmpty)
        {
            _last = await TellAsync(_last.Value, cancellationToken);
            // The deadline bounds what a lost notification could cost, and finds a server that hangs.
            if (!await commits.WaitAsync(ListenDeadline, cancellationToken))
                _last = await FindStartAsync(_last.Value, cancellationToken);
        }
    }

    private void SetLive()
    {
        lock (_lock)
            _live.TrySetResult();
    }

    private void SetNotLive()
    {
        lock (_lock)
        {
            if (_live.Task.IsCompleted)
                _live = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private async Task<long> ResetAsync(CancellationToken cancellationToken)
    {
        Recent.Reset(await reader.ReadNewestAsync(RecentEvents.MaxKept, cancellationToken));
        return Recent.LastId;
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
        // One that comes meanwhile waits: what is committed before the reset is told to none.
        SetNotLive();
        foreach (var listener in _listeners.Keys)
            listener.Writer.TryComplete();
        var start = await ResetAsync(cancellationToken);
        SetLive();
        return start;
    }

    private async Task<long> TellAsync(long last, CancellationToken cancellationToken)
    {
        IReadOnlyList<SequenceEvent> events;
        do
        {
            events = await reader.ReadAfterAsync(last, PageSize, cancellationToken);
            foreach (var happened in events)
            {
                // First what is recent: who opens a stream in between hears of it twice rather than never.
                Recent.Add(happened);
                Tell(happened);
            }

            last = events.Count > 0 ? events[^1].Id!.Value : last;
        }
        while (events.Count == PageSize);
        return last;
    }
}
