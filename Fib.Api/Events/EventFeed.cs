using System.Collections.Concurrent;
using Fib.Api.Database;
using Fib.ServiceDefaults.Background;
using Npgsql;

namespace Fib.Api.Events;

/// <summary>
/// Publishes the events of all apis to the listeners of this process: one connection is notified of commits, one query reads
/// the new events.
/// </summary>
internal sealed class EventFeed(
    NpgsqlDataSource dataSource, EventReader reader, SchemaState schema, StoreStates stores, TimeProvider time, ILogger<EventFeed> logger)
    : BackgroundService
{
    /// <summary>Half of a queue, so that a listener that is not behind has room for a page.</summary>
    private const int PageSize = RecentEvents.MaxKept / 2;

    /// <summary>How long the next page waits for listeners that have not sent the last one.</summary>
    private static readonly TimeSpan MaxPagePause = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan ListenDeadline = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<EventListener, bool> _listeners = new();
    private readonly Lock _lock = new();
    private TaskCompletionSource _listenerAdded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _live = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long? _last;

    /// <summary>The newest published events; complete while the feed is live.</summary>
    public RecentEvents Recent { get; } = new();

    /// <summary>Adds a listener, which receives nothing before its start.</summary>
    /// <exception cref="TimeoutException">The database is unavailable.</exception>
    public async Task<EventListener> AddListenerAsync(CancellationToken cancellationToken)
    {
        var listener = new EventListener();
        Task live;
        lock (_lock)
        {
            _listeners[listener] = true;
            live = _live.Task;
            _listenerAdded.TrySetResult();
        }

        try
        {
            await live.WaitAsync(StoreUnavailable.Deadline, cancellationToken);
            return listener;
        }
        catch
        {
            RemoveListener(listener);
            throw;
        }
    }

    public void RemoveListener(EventListener listener) => _listeners.TryRemove(listener, out _);

    /// <summary>Publishes an event to all listeners. One without room for it is ended, so that it does not delay the others.</summary>
    public void Publish(SequenceEvent sequenceEvent)
    {
        foreach (var listener in _listeners.Keys)
        {
            if (listener.TryAdd(sequenceEvent))
                continue;
            RemoveListener(listener);
            listener.SetTooSlow();
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
                    // A stream that is opened now gets the answer that the database is unavailable.
                    SetNotLive();
                    throw;
                }
            }, stoppingToken);
    }

    private async Task FeedAsync(RetryLoop loop, CancellationToken cancellationToken)
    {
        if (IsIdle(out var listenerAdded))
        {
            _last = null;
            await listenerAdded.WaitAsync(cancellationToken);
        }

        await using var commits = await CommitListener.ListenAsync(dataSource, cancellationToken);
        if (_last is null)
            _last = await ResetAsync(cancellationToken);
        else if (!await IsSameDatabaseAsync(cancellationToken))
            _last = await EndListenersAsync(cancellationToken);
        else
            _last = await FindStartAsync(commits, _last.Value, cancellationToken);
        // Publish what was missed before a new listener reads the recent events.
        await PublishNewAsync(_last.Value, cancellationToken);
        SetLive();
        loop.SetSucceeded();
        while (!_listeners.IsEmpty)
        {
            await PublishNewAsync(_last.Value, cancellationToken);
            // The deadline limits the delay after a lost notification, and detects a server that hangs and a lost connection.
            if (!await commits.WaitAsync(ListenDeadline, cancellationToken))
                _last = await FindStartAsync(commits, _last.Value, cancellationToken);
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

    /// <summary>
    /// Without listeners the feed reads nothing, so commits cost nothing here. The next listener waits until the feed is
    /// live again.
    /// </summary>
    private bool IsIdle(out Task listenerAdded)
    {
        lock (_lock)
        {
            if (_listeners.IsEmpty)
            {
                if (_listenerAdded.Task.IsCompleted)
                    _listenerAdded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                if (_live.Task.IsCompleted)
                    _live = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            listenerAdded = _listenerAdded.Task;
            return _listeners.IsEmpty;
        }
    }

    /// <summary>A recreated database draws ids from 1 again.</summary>
    private async Task<long> FindStartAsync(CommitListener commits, long last, CancellationToken cancellationToken) =>
        await commits.GetLastDrawnIdAsync() >= last ? last : await EndListenersAsync(cancellationToken);

    /// <summary>The server may have another database than before: one that was restored, whose ids are as high.</summary>
    private async Task<bool> IsSameDatabaseAsync(CancellationToken cancellationToken) =>
        Recent.FindNewestSubmission() is not { } known
        || (await reader.ReadAfterAsync(known.Id!.Value - 1, 1, cancellationToken) is [var stored] && stored == known);

    /// <summary>Ends the listeners, whose ids are of the earlier database; their clients reconnect.</summary>
    private async Task<long> EndListenersAsync(CancellationToken cancellationToken)
    {
        // A listener that is added meanwhile waits: what is committed before the reset is not published.
        SetNotLive();
        foreach (var listener in _listeners.Keys)
        {
            RemoveListener(listener);
            listener.Complete();
        }

        var start = await ResetAsync(cancellationToken);
        SetLive();
        return start;
    }

    private async Task PublishNewAsync(long last, CancellationToken cancellationToken)
    {
        while (true)
        {
            var events = await reader.ReadAfterAsync(last, PageSize, cancellationToken);
            foreach (var sequenceEvent in events)
            {
                // Recent first: a stream that is opened in between gets the event twice rather than never.
                Recent.Add(sequenceEvent);
                Publish(sequenceEvent);
            }

            // After each page: if the next one fails, this one is not published again.
            if (events is [.., var newest])
                _last = last = newest.Id!.Value;
            if (events.Count < PageSize)
                return;
            await WaitForListenersAsync(cancellationToken);
        }
    }

    /// <summary>Many events at once would end listeners that are not slow.</summary>
    private async Task WaitForListenersAsync(CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        while (_listeners.Any(listener => listener.Key.IsBehind) && time.GetElapsedTime(begun) < MaxPagePause)
            await Task.Delay(TimeSpan.FromMilliseconds(5), time, cancellationToken);
    }
}
