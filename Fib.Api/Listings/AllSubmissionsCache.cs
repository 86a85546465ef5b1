using System.Buffers.Text;
using Fib.Api.Database;
using Fib.ServiceDefaults.Batching;

namespace Fib.Api.Listings;

/// <summary>The list of all submissions at one time.</summary>
/// <param name="Text">The JSON of its beginning: with the opening bracket, without the closing one.</param>
/// <param name="LastId">The last submission in the text; 0 if there is none.</param>
/// <param name="Newest">The newest submission of the database; the default if there is none.</param>
internal sealed record AllSubmissionsSnapshot(TextSnapshot Text, long LastId, StoredSubmission Newest)
{
    /// <summary>The text contains every submission.</summary>
    public bool IsComplete => LastId == Newest.Id;
}

/// <summary>
/// Holds the beginning of the list in memory, serialized. A refresh reads only what is new. Callers read from the database
/// what does not fit.
/// </summary>
internal sealed class AllSubmissionsCache
{
    /// <summary>About 400,000 submissions.</summary>
    public const int MaxBytes = 8 << 20;

    /// <summary>More than the JSON of any submission.</summary>
    public const int MaxItemBytes = 32;

    /// <summary>The maximum number of rows of one refresh, so that no caller waits for all of a long list.</summary>
    private const int MaxRows = 100_000;

    private readonly AllSubmissionsReader _reader;
    private readonly CoalescedFetch<AllSubmissionsSnapshot> _fetch;
    private readonly int _maxBytes;
    private ChunkedBuffer _text = new();
    private StoredSubmission _last;
    private AllSubmissionsSnapshot? _snapshot;

    public AllSubmissionsCache(AllSubmissionsReader reader, TimeProvider time)
        : this(reader, time, MaxBytes)
    {
    }

    /// <param name="reader">Reads the submissions.</param>
    /// <param name="time">Limits how long a refresh waits for more callers.</param>
    /// <param name="maxBytes">How much is kept; the last refresh may exceed it.</param>
    internal AllSubmissionsCache(AllSubmissionsReader reader, TimeProvider time, int maxBytes) =>
        (_reader, _maxBytes, _fetch) =
            (reader, maxBytes, new CoalescedFetch<AllSubmissionsSnapshot>(FetchAsync, StoreUnavailable.Deadline, time));

    private static ReadOnlySpan<byte> Name => "{\"number\":"u8;

    /// <summary>The list at a time after this call.</summary>
    /// <exception cref="TimeoutException">The database does not answer.</exception>
    public Task<AllSubmissionsSnapshot> GetAsync() => _fetch.GetAsync();

    /// <summary>
    /// Writes a submission as the course application does, <c>{"number":7}</c>, with the bracket or comma before it; returns
    /// the length.
    /// </summary>
    public static int WriteItem(Span<byte> text, int index, bool isFirst)
    {
        text[0] = isFirst ? (byte)'[' : (byte)',';
        Name.CopyTo(text[1..]);
        Utf8Formatter.TryFormat(index, text[(1 + Name.Length)..], out var digits);
        text[1 + Name.Length + digits] = (byte)'}';
        return Name.Length + digits + 2;
    }

    private async Task<AllSubmissionsSnapshot> FetchAsync()
    {
        var limit = _text.Length < _maxBytes ? MaxRows : 1;
        if (await ReadAsync(limit) is not { } read)
        {
            // The last known submission no longer exists: the database was restored or recreated.
            (_text, _last, _snapshot) = (new ChunkedBuffer(), default, null);
            read = await ReadAsync(limit = MaxRows) ?? 0;
        }

        var newest = read < limit ? _last : await _reader.GetNewestAsync();
        if (_snapshot is null || _snapshot.LastId != _last.Id)
            _snapshot = new AllSubmissionsSnapshot(new TextSnapshot(_text), _last.Id, newest);
        else if (_snapshot.Newest != newest)
            _snapshot = _snapshot with { Newest = newest };
        return _snapshot;
    }

    /// <summary>
    /// Appends what follows the last known submission. Returns the number of rows, including that submission, or null if it no
    /// longer exists.
    /// </summary>
    private async Task<int?> ReadAsync(int limit)
    {
        var read = 0;
        await foreach (var submission in _reader.ReadFromAsync(_last.Id, limit, CancellationToken.None))
        {
            if (read++ > 0 || _last == default)
                Append(submission);
            else if (submission != _last)
                return null;
        }

        return read == 0 && _last != default ? null : read;
    }

    private void Append(StoredSubmission submission)
    {
        Span<byte> item = stackalloc byte[MaxItemBytes];
        _text.Append(item[..WriteItem(item, submission.Index, isFirst: _text.Length == 0)]);
        _last = submission;
    }
}
