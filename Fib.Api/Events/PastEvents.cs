using System.Collections.Concurrent;
using Fib.Api.Database;
using Fib.ServiceDefaults.Batching;

namespace Fib.Api.Events;

/// <summary>
/// The events before a stream was opened: from memory after a short disconnection, otherwise from the database, two queries
/// at a time.
/// </summary>
internal sealed class PastEvents(EventReader reader, EventFeed feed, TimeProvider time) : IDisposable
{
    /// <summary>
    /// About as many events as a stream writes before it waits for its client. It keeps none of them meanwhile, so what does not fit
    /// is read again.
    /// </summary>
    private const int PageSize = 20;

    private readonly CoalescedFetch<long> _newest =
        new(() => reader.GetLastIdAsync(CancellationToken.None), StoreUnavailable.Deadline, time);

    private readonly SemaphoreSlim _queries = new(2);
    private readonly ConcurrentDictionary<long, Lazy<Task<IReadOnlyList<SequenceEvent>>>> _pages = new();

    /// <summary>The event after which a stream begins.</summary>
    /// <param name="requested">The client's last event, or null to begin with the next event.</param>
    /// <exception cref="TimeoutException">The database does not answer.</exception>
    public async Task<long> FindStartAsync(long? requested)
    {
        var known = feed.Recent.LastId;
        if (requested is null || requested <= known)
            return requested ?? known;
        // An id that is not drawn yet is from another database: no event would follow it for a long time.
        return Math.Min(requested.Value, await _newest.GetAsync());
    }

    /// <summary>
    /// A page of the events after an id, oldest first; empty if there are no more. Callers share a page that is being read. It may
    /// lack events that were committed after its query began; these have higher ids than its events and are still in memory.
    /// </summary>
    public Task<IReadOnlyList<SequenceEvent>> ReadAfterAsync(long id, CancellationToken cancellationToken) =>
        feed.Recent.TryReadAfter(id, PageSize) is { } recent
            ? Task.FromResult(recent)
            : _pages.GetOrAdd(id, requested => new(() => ReadPageAsync(requested))).Value.WaitAsync(cancellationToken);

    private async Task<IReadOnlyList<SequenceEvent>> ReadPageAsync(long id)
    {
        await _queries.WaitAsync();
        try
        {
            return await reader.ReadAfterAsync(id, PageSize, CancellationToken.None);
        }
        finally
        {
            _queries.Release();
            _pages.TryRemove(id, out _);
        }
    }

    public void Dispose() => _queries.Dispose();
}

/// <summary>The newest events, in memory: a client that reconnects soon needs no query. Thread-safe.</summary>
internal sealed class RecentEvents
{
    /// <summary>The number of events that are kept; with the longest previews they take about a megabyte.</summary>
    public const int MaxKept = 500;

    private readonly Queue<SequenceEvent> _events = new(MaxKept);
    private readonly Lock _lock = new();
    private long _before;

    /// <summary>The id of the newest event; 0 if there is none.</summary>
    public long LastId { get; private set; }

    /// <summary>
    /// Replaces the content by the newest events of the database, oldest first; fewer than <see cref="MaxKept"/> are all
    /// events.
    /// </summary>
    public void Reset(IReadOnlyList<SequenceEvent> newest)
    {
        lock (_lock)
        {
            _events.Clear();
            (_before, LastId) = (newest.Count < MaxKept ? 0 : newest[0].Id!.Value, 0);
            foreach (var sequenceEvent in newest)
                AddLocked(sequenceEvent);
        }
    }

    /// <summary>The newest submission, which the database keeps, unlike failures; null if there is none.</summary>
    public SequenceEvent? FindNewestSubmission()
    {
        lock (_lock)
            return _events.LastOrDefault(sequenceEvent => sequenceEvent.IsSubmission);
    }

    /// <summary>Adds the next event.</summary>
    public void Add(SequenceEvent sequenceEvent)
    {
        lock (_lock)
            AddLocked(sequenceEvent);
    }

    /// <summary>
    /// The events after an id, oldest first, at most <paramref name="limit"/>, or null if some of them are no longer kept.
    /// </summary>
    public IReadOnlyList<SequenceEvent>? TryReadAfter(long id, int limit)
    {
        lock (_lock)
            return id < _before ? null : [.. _events.SkipWhile(sequenceEvent => sequenceEvent.Id <= id).Take(limit)];
    }

    private void AddLocked(SequenceEvent sequenceEvent)
    {
        if (_events.Count == MaxKept)
            _before = _events.Dequeue().Id!.Value;
        _events.Enqueue(sequenceEvent);
        LastId = sequenceEvent.Id!.Value;
    }
}
