using System.Runtime.CompilerServices;
using Npgsql;

namespace Fib.Api.Storage;

/// <summary>Reads what each index shows, and what changed of it.</summary>
internal sealed class CurrentReader(NpgsqlDataSource dataSource)
{
    /// <summary>The newest event; default where there is none.</summary>
    public async Task<EventMark> GetNewestAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("""
            (SELECT id, accepted_at FROM submission ORDER BY id DESC LIMIT 1)
            UNION ALL (SELECT event_id, computed_at FROM outcome ORDER BY event_id DESC LIMIT 1)
            ORDER BY id DESC LIMIT 1
            """);
        await using var reader = await command.ExecuteReaderInTimeAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? ReadMark(reader) : default;
    }

    /// <summary>The entries of the indexes above one, in the order of the indexes, at most <paramref name="limit"/>.</summary>
    public async IAsyncEnumerable<CurrentEntry> ReadAboveAsync(int index, int limit, [EnumeratorCancellation] CancellationToken cancellationToken)
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
            yield return ReadEntry(reader, 0);
    }

    /// <summary>
    /// How many indexes are failed, then the events from a known one on, oldest first, at most <paramref name="limit"/>, in
    /// one round trip. An index that failed is pending again without an event of its own, so those are counted.
    /// </summary>
    public async Task<CurrentChanges> ReadFromAsync(long id, int limit, CancellationToken cancellationToken)
    {
        await using var batch = dataSource.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT count(*) FROM outcome WHERE reason IS NOT NULL"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("""
            (SELECT id, accepted_at, index, NULL::text, false FROM submission WHERE id >= $1 ORDER BY id LIMIT $2)
            UNION ALL (SELECT event_id, computed_at, index, preview, reason IS NOT NULL FROM outcome WHERE event_id >= $1 ORDER BY event_id LIMIT $2)
            ORDER BY id LIMIT $2
            """) { Parameters = { new NpgsqlParameter<long> { TypedValue = id }, new NpgsqlParameter<int> { TypedValue = limit } } });
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var failed = reader.GetInt64(0);
        await reader.NextResultAsync(cancellationToken);
        var events = new List<(EventMark, CurrentEntry)>();
        while (await reader.ReadAsync(cancellationToken))
            events.Add((ReadMark(reader), ReadEntry(reader, 2)));
        return new CurrentChanges(failed, events);
    }

    private static EventMark ReadMark(NpgsqlDataReader row) => new(row.GetInt64(0), row.GetDateTime(1));

    private static CurrentEntry ReadEntry(NpgsqlDataReader row, int column) =>
        new(row.GetInt32(column), row.IsDBNull(column + 1) ? null : row.GetString(column + 1), row.GetBoolean(column + 2));
}
