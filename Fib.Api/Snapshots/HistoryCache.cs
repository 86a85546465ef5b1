using Fib.Api.Storage;

namespace Fib.Api.Snapshots;

/// <summary>
/// The beginning of the history in memory, serialised; every look at the database reads what is new and nothing else. What
/// does not fit is left to be read by who needs it.
/// </summary>
internal sealed class HistoryCache
{
    /// <summary>About 400,000 submissions.</summary>
    public const int MaxBytes = 8 << 20;

    /// <summary>What one look reads at most, so that nobody waits for all of a long history.</summary>
    private const int MaxRows = 100_000;

    private readonly HistoryReader _reader;
    private readonly SharedFetch<HistorySnapshot> _fetch;
    private readonly int _maxBytes;
    private GrowingText _text = new();
    private HistoryEntry _last;
    private HistorySnapshot? _snapshot;

    public HistoryCache(HistoryReader reader, TimeProvider time)
        : this(reader, time, MaxBytes)
    {
    }

    /// <param name="reader">Reads the history.</param>
    /// <param name="time">Bounds what a look waits for others.</param>
    /// <param name="maxBytes">How much is kept; the last look may exceed it.</param>
    internal HistoryCache(HistoryReader reader, TimeProvider time, int maxBytes) =>
        (_reader, _maxBytes, _fetch) = (reader, maxBytes, new SharedFetch<HistorySnapshot>(FetchAsync, time));

    /// <summary>The history at a time after this call.</summary>
    public Task<HistorySnapshot> GetAsync(CancellationToken cancellationToken) => _fetch.GetAsync().WaitAsync(cancellationToken);

    private async Task<HistorySnapshot> FetchAsync()
    {
        var limit = _text.Length < _maxBytes ? MaxRows : 1;
        if (await ReadAsync(limit) is not { } read)
        {
            // The last known submission is not there any more: this is another history, restored or begun anew.
            (_text, _last, _snapshot) = (new GrowingText(), default, null);
            read = await ReadAsync(limit = MaxRows) ?? 0;
        }

        var newest = read < limit ? _last.Id : await _reader.GetNewestIdAsync(CancellationToken.None);
        if (_snapshot is null || _snapshot.LastId != _last.Id)
            _snapshot = new HistorySnapshot(new TextSnapshot(_text), _last.Id, newest);
        else if (_snapshot.NewestId != newest)
            _snapshot = _snapshot with { NewestId = newest };
        return _snapshot;
    }

    /// <summary>Appends what follows the last known submission; null where that one is gone. Returns how many were read, that one included.</summary>
    private async Task<int?> ReadAsync(int limit)
    {
        var read = 0;
        await foreach (var entry in _reader.ReadFromAsync(_last.Id, limit, CancellationToken.None))
        {
            if (read++ > 0 || _last == default)
                Append(entry);
            else if (entry != _last)
                return null;
        }

        return read == 0 && _last != default ? null : read;
    }

    private void Append(HistoryEntry entry)
    {
        Span<byte> item = stackalloc byte[HistoryJson.MaxItemBytes];
        _text.Append(item[..HistoryJson.WriteItem(item, entry.Index, isFirst: _text.Length == 0)]);
        _last = entry;
    }
}
