using Fib.Api.Database;
using Fib.ServiceDefaults.Batching;

namespace Fib.Api.Listings;

/// <summary>
/// Holds the current term of each index in memory, serialized. A refresh reads the events since the last one and applies them.
/// An event that is applied twice changes nothing, so rows and events may be read in any order.
/// </summary>
internal sealed class CurrentTermsCache
{
    /// <summary>Tens of thousands of short terms; a larger table is not kept.</summary>
    public const int MaxBytes = 4 << 20;

    private const int MaxEvents = 2_000;
    private const int PageRows = 5_000;

    private readonly CurrentTermsReader _reader;
    private readonly CoalescedFetch<TextSnapshot?> _fetch;
    private readonly int _maxBytes;
    private readonly List<TextSnapshot> _earlier = [];
    private TextSnapshot? _newest;
    private CurrentTermsTable? _table;
    private EventPosition _last;
    private bool _isTooLarge;

    public CurrentTermsCache(CurrentTermsReader reader, TimeProvider time)
        : this(reader, time, MaxBytes)
    {
    }

    internal CurrentTermsCache(CurrentTermsReader reader, TimeProvider time, int maxBytes) =>
        (_reader, _maxBytes, _fetch) = (reader, maxBytes, new CoalescedFetch<TextSnapshot?>(FetchAsync, StoreUnavailable.Deadline, time));

    /// <summary>
    /// The table at a time after this call. Null if it is too large to keep, or if slow clients hold too many earlier
    /// versions.
    /// </summary>
    /// <exception cref="TimeoutException">The database does not answer.</exception>
    public Task<TextSnapshot?> GetAsync() => _fetch.GetAsync();

    private async Task<TextSnapshot?> FetchAsync()
    {
        if (!(_table is null ? await IsStillTooLargeAsync() : await TryUpdateAsync(_table)))
            await LoadAsync();
        return Take();
    }

    /// <summary>
    /// Every version has a text of its own, which lives as long as its slowest client: the sum of all versions is bounded.
    /// </summary>
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

    /// <summary>A table that was too large still is, unless the database was replaced: a table only grows.</summary>
    private async Task<bool> IsStillTooLargeAsync() => _isTooLarge && await _reader.ExistsAsync(_last, CancellationToken.None);

    /// <summary>
    /// Returns false if the table must be loaded again: the last known event no longer exists, too many events are new, or
    /// something changed without an event.
    /// </summary>
    private async Task<bool> TryUpdateAsync(CurrentTermsTable table)
    {
        var changes = await _reader.ReadFromAsync(_last.Id, MaxEvents, CancellationToken.None);
        if (changes.Events.Count == MaxEvents || (_last != default && (changes.Events is not [var first, ..] || first.Position != _last)))
            return false;
        foreach (var (_, term) in changes.Events.Where(change => change.Position != _last))
            table.Apply(term);
        _last = changes.Events is [.., var newest] ? newest.Position : _last;

        return table.Failed == changes.Failed && table.Bytes <= _maxBytes;
    }

    private async Task LoadAsync()
    {
        (_table, _isTooLarge) = (null, false);
        _last = await _reader.GetNewestAsync(CancellationToken.None);
        var table = new CurrentTermsTable();
        for (var (above, rows) = (-1, PageRows); rows == PageRows;)
        {
            rows = 0;
            await foreach (var term in _reader.ReadAboveAsync(above, PageRows, CancellationToken.None))
            {
                table.Set(term);
                (above, rows) = (term.Index, rows + 1);
            }

            _isTooLarge = table.Bytes > _maxBytes;
            if (_isTooLarge)
                return;
        }

        _table = table;
    }
}
