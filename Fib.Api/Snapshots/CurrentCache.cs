using Fib.Api.Storage;

namespace Fib.Api.Snapshots;

/// <summary>
/// What each index shows, in memory and serialised; every look at the database reads the events since the last one and
/// applies them. Applied twice, an event changes nothing, so the order of reading does not matter.
/// </summary>
internal sealed class CurrentCache
{
    /// <summary>Tens of thousands of short terms; a larger table is not kept.</summary>
    public const int MaxBytes = 4 << 20;

    private const int MaxEvents = 2_000;
    private const int PageRows = 5_000;

    private readonly CurrentReader _reader;
    private readonly SharedFetch<TextSnapshot?> _fetch;
    private readonly int _maxBytes;
    private readonly List<TextSnapshot> _earlier = [];
    private TextSnapshot? _newest;
    private CurrentTable? _table;
    private EventMark _last;
    private bool _isTooLarge;

    public CurrentCache(CurrentReader reader, TimeProvider time)
        : this(reader, time, MaxBytes)
    {
    }

    internal CurrentCache(CurrentReader reader, TimeProvider time, int maxBytes) =>
        (_reader, _maxBytes, _fetch) = (reader, maxBytes, new SharedFetch<TextSnapshot?>(FetchAsync, time));

    /// <summary>The table at a time after this call, or null where it is too large to be kept, or slow readers hold too many earlier ones.</summary>
    public Task<TextSnapshot?> GetAsync(CancellationToken cancellationToken) => _fetch.GetAsync().WaitAsync(cancellationToken);

    private async Task<TextSnapshot?> FetchAsync()
    {
        if (!(_table is null ? await IsStillTooLargeAsync() : await TryUpdateAsync(_table)))
            await LoadAsync();
        return Take();
    }

    /// <summary>Every version is a text of its own, and lives as long as its slowest reader: so there is a bound to them all.</summary>
    private TextSnapshot? Take()
    {
        _earlier.RemoveAll(version => !version.IsRead);
        if (_table is null || _earlier.Sum(version => version.Length) > _maxBytes)
            return null;
        var taken = _table.Take();
        if (_newest is not null && _newest != taken)
            _earlier.Add(_newest);
        return _newest = taken;
    }

    /// <summary>A table only grows, unless it is another one by now.</summary>
    private async Task<bool> IsStillTooLargeAsync() =>
        _isTooLarge && (await _reader.ReadFromAsync(_last.Id, 1, CancellationToken.None)).Events is [var (mark, _)] && mark == _last;

    /// <summary>False where the table must be read anew: the last known event is gone, too much is new, or something changed without an event.</summary>
    private async Task<bool> TryUpdateAsync(CurrentTable table)
    {
        var changes = await _reader.ReadFromAsync(_last.Id, MaxEvents, CancellationToken.None);
        if (changes.Events.Count == MaxEvents || (_last != default && (changes.Events is not [var first, ..] || first.Mark != _last)))
            return false;
        foreach (var (_, entry) in changes.Events.Where(happened => happened.Mark != _last))
            table.Apply(entry);
        _last = changes.Events is [.., var newest] ? newest.Mark : _last;

        return table.Failed == changes.Failed && table.Bytes <= _maxBytes;
    }

    private async Task LoadAsync()
    {
        (_table, _isTooLarge) = (null, false);
        _last = await _reader.GetNewestAsync(CancellationToken.None);
        var table = new CurrentTable();
        for (var (above, rows) = (-1, PageRows); rows == PageRows;)
        {
            rows = 0;
            await foreach (var entry in _reader.ReadAboveAsync(above, PageRows, CancellationToken.None))
            {
                table.Set(entry);
                (above, rows) = (entry.Index, rows + 1);
            }

            _isTooLarge = table.Bytes > _maxBytes;
            if (_isTooLarge)
                return;
        }

        _table = table;
    }
}
