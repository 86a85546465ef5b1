using System.Buffers;
using System.Runtime.CompilerServices;
using Fib.Api.Database;
using Npgsql;

namespace Fib.Api.Listings;

/// <summary><c>GET /values/current</c>: every distinct index with its term as text, from the cache unless there are too many.</summary>
internal static class CurrentTermsEndpoint
{
    /// <summary>Of up to a thousand digits each, so that the buffer of a slow client stays small.</summary>
    private const int PageRows = 100;

    public static async Task GetAsync(
        HttpContext context, CurrentTermsCache cache, CurrentTermsReader reader, TimeProvider time)
    {
        var begun = time.GetTimestamp();
        var current = await cache.GetAsync().WaitAsync(context.RequestAborted);
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = current?.Length;
        if (HttpMethods.IsHead(context.Request.Method))
            return;

        if (current is null)
            await WritePagesAsync(context, reader, time, StoreUnavailable.Deadline - time.GetElapsedTime(begun));
        else
            await WriteAsync(context, current);
    }

    private static async Task WriteAsync(HttpContext context, TextSnapshot current)
    {
        await current.WriteAsync(context.Response.BodyWriter, context.RequestAborted);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    /// <summary>
    /// Reads in pages, so that a slow client holds no database connection. Without the first page in time the response is 503.
    /// </summary>
    private static async Task WritePagesAsync(HttpContext context, CurrentTermsReader reader, TimeProvider time, TimeSpan firstPageTime)
    {
        var output = context.Response.BodyWriter;
        var (above, rows, isFirst) = (-1, PageRows, true);
        while (rows == PageRows)
        {
            var page = isFirst
                ? await ReadFirstAsync()
                : await ReadRetry.RepeatAsync(() => ReadAsync(above, context.RequestAborted), time, context.RequestAborted);
            foreach (var term in page)
            {
                output.Write(isFirst ? "{"u8 : ","u8);
                output.Write(CurrentTermsTable.WriteItem(term));
                (above, isFirst) = (term.Index, false);
            }

            rows = page.Count;
            await output.FlushAsync(context.RequestAborted);
        }

        output.Write(isFirst ? "{}"u8 : "}"u8);
        await output.FlushAsync(context.RequestAborted);

        async Task<List<CurrentTerm>> ReadFirstAsync()
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
            deadline.CancelAfter(firstPageTime > TimeSpan.Zero ? firstPageTime : TimeSpan.Zero);
            try
            {
                return await ReadAsync(-1, deadline.Token);
            }
            catch (OperationCanceledException exception) when (!context.RequestAborted.IsCancellationRequested)
            {
                throw new TimeoutException("The database did not answer in time.", exception);
            }
        }

        Task<List<CurrentTerm>> ReadAsync(int index, CancellationToken cancellationToken) =>
            reader.ReadAboveAsync(index, PageRows, cancellationToken).ToListAsync(cancellationToken).AsTask();
    }
}

/// <summary>The position of an event. No other event, of this or of another database, is equal to it.</summary>
internal readonly record struct EventPosition(long Id, DateTime At);

/// <summary>The current term of an index.</summary>
/// <param name="Index">n in F(n).</param>
/// <param name="Preview">The term, shortened if it is long; null while it is pending.</param>
/// <param name="IsFailed">The term could not be computed.</param>
internal readonly record struct CurrentTerm(int Index, string? Preview, bool IsFailed);

/// <summary>The changes since a known event.</summary>
/// <param name="Failed">The number of indexes that are failed now.</param>
/// <param name="Events">The known event and those after it. A submission is reported as a pending term, whatever the state of
///   its index.</param>
internal sealed record CurrentTermsChanges(long Failed, IReadOnlyList<(EventPosition Position, CurrentTerm Term)> Events);

/// <summary>Reads the current term of each index, and the changes.</summary>
internal sealed class CurrentTermsReader(NpgsqlDataSource dataSource)
{
    /// <summary>The newest event; default if there is none.</summary>
    public async Task<EventPosition> GetNewestAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("""
            (SELECT id, accepted_at FROM submission ORDER BY id DESC LIMIT 1)
            UNION ALL (SELECT event_id, computed_at FROM outcome ORDER BY event_id DESC LIMIT 1)
            ORDER BY id DESC LIMIT 1
            """);
        await using var reader = await command.ExecuteReaderInTimeAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? ReadPosition(reader) : default;
    }

    /// <summary>Whether the database has this event, at this time.</summary>
    public async Task<bool> ExistsAsync(EventPosition position, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("""
            SELECT id, accepted_at FROM submission WHERE id = $1
            UNION ALL SELECT event_id, computed_at FROM outcome WHERE event_id = $1
            """);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = position.Id });
        await using var reader = await command.ExecuteReaderInTimeAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) && ReadPosition(reader) == position;
    }

    /// <summary>The terms of the indexes above <paramref name="index"/>, in ascending order, at most <paramref name="limit"/>.</summary>
    public async IAsyncEnumerable<CurrentTerm> ReadAboveAsync(
        int index, int limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("""
            (SELECT index, preview, reason IS NOT NULL FROM outcome WHERE index > $1 ORDER BY index LIMIT $2)
            UNION ALL (SELECT index, NULL, false FROM pending_term WHERE index > $1 ORDER BY index LIMIT $2)
            ORDER BY index LIMIT $2
            """);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = index });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        await using var reader = await command.ExecuteReaderInTimeAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            yield return ReadTerm(reader, 0);
    }

    /// <summary>
    /// The number of failed indexes and the events from a known one on, oldest first, at most <paramref name="limit"/>, in one
    /// round trip. A failed index becomes pending again without an event, so the failed ones are counted.
    /// </summary>
    public async Task<CurrentTermsChanges> ReadFromAsync(long id, int limit, CancellationToken cancellationToken)
    {
        await using var batch = dataSource.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT count(*) FROM outcome WHERE reason IS NOT NULL"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("""
            (SELECT id, accepted_at, index, NULL::text, false FROM submission WHERE id >= $1 ORDER BY id LIMIT $2)
            UNION ALL (
                SELECT event_id, computed_at, index, preview, reason IS NOT NULL FROM outcome
                WHERE event_id >= $1 ORDER BY event_id LIMIT $2)
            ORDER BY id LIMIT $2
            """) { Parameters = { new NpgsqlParameter<long> { TypedValue = id }, new NpgsqlParameter<int> { TypedValue = limit } } });
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var failed = reader.GetInt64(0);
        await reader.NextResultAsync(cancellationToken);
        var events = new List<(EventPosition, CurrentTerm)>();
        while (await reader.ReadAsync(cancellationToken))
            events.Add((ReadPosition(reader), ReadTerm(reader, 2)));
        return new CurrentTermsChanges(failed, events);
    }

    private static EventPosition ReadPosition(NpgsqlDataReader row) => new(row.GetInt64(0), row.GetDateTime(1));

    private static CurrentTerm ReadTerm(NpgsqlDataReader row, int column) =>
        new(row.GetInt32(column), row.IsDBNull(column + 1) ? null : row.GetString(column + 1), row.GetBoolean(column + 2));
}
