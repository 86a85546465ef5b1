namespace Fib.Api.Events;

/// <summary>The newest events, in memory: a reader that comes back asks the database only where it was away for longer. Thread-safe.</summary>
internal sealed class RecentEvents
{
    /// <summary>So many are kept; with the longest terms that are shown they take about a megabyte.</summary>
    public const int MaxKept = 500;

    private readonly Queue<SequenceEvent> _events = new(MaxKept);
    private readonly Lock _lock = new();
    private long _before;

    /// <summary>The newest event's id; 0 where there is none.</summary>
    public long LastId { get; private set; }

    /// <summary>Begins anew with the newest events of the database, oldest first; fewer than <see cref="MaxKept"/> are all there are.</summary>
    public void Reset(IReadOnlyList<SequenceEvent> newest)
    {
        lock (_lock)
        {
            _events.Clear();
            (_before, LastId) = (newest.Count < MaxKept ? 0 : newest[0].Id!.Value, 0);
            foreach (var happened in newest)
                AddLocked(happened);
        }
    }

    /// <summary>Adds the event that follows.</summary>
    public void Add(SequenceEvent happened)
    {
        lock (_lock)
            AddLocked(happened);
    }

    /// <summary>The events after one, oldest first, or null where some of them are not kept any more.</summary>
    public IReadOnlyList<SequenceEvent>? TryReadAfter(long id)
    {
        lock (_lock)
            return id < _before ? null : [.. _events.SkipWhile(happened => happened.Id <= id)];
    }

    private void AddLocked(SequenceEvent happened)
    {
        if (_events.Count == MaxKept)
            _before = _events.Dequeue().Id!.Value;
        _events.Enqueue(happened);
        LastId = happened.Id!.Value;
    }
}
