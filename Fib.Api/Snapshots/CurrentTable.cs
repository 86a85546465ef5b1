using Fib.Api.Storage;

namespace Fib.Api.Snapshots;

/// <summary>What each index shows, in the order of the indexes and serialised.</summary>
internal sealed class CurrentTable
{
    /// <summary>What an entry takes beside its text.</summary>
    private const int OverheadBytes = 120;

    private readonly SortedDictionary<int, (byte[] Text, State State)> _entries = [];
    private TextSnapshot? _snapshot;

    private enum State
    {
        Pending,
        Computed,
        Failed,
    }

    /// <summary>About what it takes in memory.</summary>
    public long Bytes { get; private set; }

    public long Failed { get; private set; }

    /// <summary>Takes over what an index shows.</summary>
    public void Set(CurrentEntry entry) => Set(entry, entry switch { { IsFailed: true } => State.Failed, { Preview: not null } => State.Computed, _ => State.Pending });

    /// <summary>Takes over an event: after a submission an index without a term is pending, and one with a term keeps it.</summary>
    public void Apply(CurrentEntry happened)
    {
        if (happened.Preview is not null || !_entries.TryGetValue(happened.Index, out var known) || known.State == State.Failed)
            Set(happened);
    }

    /// <summary>The JSON of the whole table, the same object until something changes.</summary>
    public TextSnapshot Take()
    {
        if (_snapshot is not null)
            return _snapshot;
        var text = new GrowingText();
        foreach (var (item, _) in _entries.Values)
        {
            text.Append(text.Length == 0 ? "{"u8 : ","u8);
            text.Append(item);
        }

        text.Append(text.Length == 0 ? "{}"u8 : "}"u8);
        return _snapshot = new TextSnapshot(text);
    }

    private void Set(CurrentEntry entry, State state)
    {
        if (_entries.TryGetValue(entry.Index, out var old))
        {
            Bytes -= old.Text.Length + OverheadBytes;
            Failed -= old.State == State.Failed ? 1 : 0;
        }

        var text = CurrentJson.Item(entry);
        _entries[entry.Index] = (text, state);
        Bytes += text.Length + OverheadBytes;
        Failed += state == State.Failed ? 1 : 0;
        _snapshot = null;
    }
}
