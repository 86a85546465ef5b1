using System.Collections.Concurrent;
using Fib.Api.Snapshots;
using Fib.Api.Terms;

namespace Fib.Api.Events;

/// <summary>What happened before a stream opened: from memory for those who come back soon, else from the database, two at a time.</summary>
internal sealed class PastEvents(EventReader reader, EventFeed feed, TimeProvider time) : IDisposable
{
    private const int PageSize = 500;

    private readonly SharedFetch<long> _newest = new(() => reader.GetLastIdAsync(CancellationToken.None), time);
    private readonly SemaphoreSlim _reading = new(2);
    private readonly ConcurrentDictionary<long, Lazy<Task<IReadOnlyList<SequenceEvent>>>> _pages = new();

    /// <summary>Where a stream begins that asks for what follows an event, or for what comes next.</summary>
    /// <exception cref="TimeoutException">The database does not answer.</exception>
    public async Task<long> FindStartAsync(long? asked, CancellationToken cancellationToken)
    {
        var known = feed.Recent.LastId;
        if (asked is null || asked <= known)
            return asked ?? known;
        // One that is still to come is from another database: after it, nothing would be told for long.
        return Math.Min(asked.Value, await _newest.GetAsync().WaitAsync(TermsExtensions.StoreDeadline, cancellationToken));
    }

    /// <summary>
    /// A page of the events after one, oldest first; empty where there are no more. Who asks for a page that is being read
    /// shares it: ids become visible in their order, so what may be missing at its end is still in memory.
    /// </summary>
    public Task<IReadOnlyList<SequenceEvent>> ReadAfterAsync(long id, CancellationToken cancellationToken) =>
        feed.Recent.TryReadAfter(id) is { } recent
            ? Task.FromResult(recent)
            : _pages.GetOrAdd(id, asked => new(() => ReadPageAsync(asked))).Value.WaitAsync(cancellationToken);

    private async Task<IReadOnlyList<SequenceEvent>> ReadPageAsync(long id)
    {
        await _reading.WaitAsync();
        try
        {
            return await reader.ReadAfterAsync(id, PageSize, CancellationToken.None);
        }
        finally
        {
            _reading.Release();
            _pages.TryRemove(id, out _);
        }
    }

    public void Dispose() => _reading.Dispose();
}
