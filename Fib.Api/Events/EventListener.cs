using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Fib.Api.Events;

/// <summary>
/// The queue of one event stream. It holds only events that <see cref="RecentEvents"/> holds too, so a full queue takes no more than
/// its references: a listener without room for the next event is ended.
/// </summary>
[SuppressMessage(
    "Design", "CA1001", Justification = "The feed may cancel the source after the stream has ended. Without a timer it holds nothing to free.")]
internal sealed class EventListener
{
    /// <summary>The number of events that wait; the client of an ended listener reconnects and reads from PostgreSQL.</summary>
    private const int MaxBehind = RecentEvents.MaxKept;

    /// <summary>With more waiting events a listener is behind; with this many there is room for the next page.</summary>
    private const int BusyQueueLength = 50;

    private readonly Channel<SequenceEvent> _queue =
        Channel.CreateBounded<SequenceEvent>(new BoundedChannelOptions(MaxBehind) { SingleReader = true });

    private readonly CancellationTokenSource _tooSlow = new();
    private volatile bool _isStarted;

    /// <summary>The events since <see cref="Start"/>; completed if the database was recreated.</summary>
    public ChannelReader<SequenceEvent> Reader => _queue.Reader;

    /// <summary>Cancelled if the queue was full.</summary>
    public CancellationToken TooSlow => _tooSlow.Token;

    /// <summary>Whether the queue should not get the next page yet.</summary>
    public bool IsBehind => Reader.Count > BusyQueueLength;

    /// <summary>
    /// The queue receives every event that is published from now on, and each earlier one is already in the database and the recent
    /// events. A stream that still writes past events needs no queue.
    /// </summary>
    public void Start() => _isStarted = true;

    /// <summary>A listener that is behind misses events that are not stored. False if there is no room for a stored one.</summary>
    public bool TryAdd(SequenceEvent sequenceEvent) =>
        !_isStarted || (sequenceEvent.Id is null && IsBehind) || _queue.Writer.TryWrite(sequenceEvent) || sequenceEvent.Id is null;

    public void SetTooSlow() => _ = _tooSlow.CancelAsync();

    public void Complete() => _queue.Writer.TryComplete();
}
