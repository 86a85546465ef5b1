namespace Fib.Api.Events;

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

    /// <summary>Adds the next event.</summary>
    public void Add(SequenceEvent sequenceEvent)
    {
        lock (_lock)
            AddLocked(sequenceEvent);
    }

    /// <summary>The events after an id, oldest first, or null if some of them are no longer kept.</summary>
    public IReadOnlyList<SequenceEvent>? TryReadAfter(long id)
    {
        lock (_lock)
            return id < _before ? null : [.. _events.SkipWhile(sequenceEvent => sequenceEvent.Id <= id)];
    }

    private void AddLocked(SequenceEvent sequenceEvent)
    {
        if (_events.Count == MaxKept)
            _before = _events.Dequeue().Id!.Value;
        _events.Enqueue(sequenceEvent);
        LastId = sequenceEvent.Id!.Value;
    }
}
