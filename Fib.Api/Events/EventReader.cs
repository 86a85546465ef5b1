using Fib.Api.Storage;
using Npgsql;

namespace Fib.Api.Events;

/// <summary>Reads events in their order.</summary>
internal sealed class EventReader(NpgsqlDataSource dataSource)
{
    /// <summary>The newest event's id; 0 where there is none.</summary>
    public async Task<long> GetLastIdAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            "SELECT greatest((SELECT coalesce(max(id), 0) FROM submission), (SELECT coalesce(max(event_id), 0) FROM outcome))");
        return (long)(await command.ExecuteScalarInTimeAsync(cancellationToken))!;
    }

    /// <summary>The events after one, oldest first, at most <paramref name="limit"/>.</summary>
    public async Task<IReadOnlyList<SequenceEvent>> ReadAfterAsync(long id, int limit, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("""
            (SELECT id, index, accepted_at AS at, NULL::integer AS digits, NULL AS preview, NULL AS reason FROM submission WHERE id > $1 ORDER BY id LIMIT $2)
            UNION ALL
            (SELECT event_id, index, computed_at, digits, preview, reason FROM outcome WHERE event_id > $1 ORDER BY event_id LIMIT $2)
            ORDER BY id LIMIT $2
            """);
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = limit });
        await using var reader = await command.ExecuteReaderInTimeAsync(cancellationToken);
        var events = new List<SequenceEvent>();
        while (await reader.ReadAsync(cancellationToken))
            events.Add(Read(reader));
        return events;
    }

    private static SequenceEvent Read(NpgsqlDataReader row)
    {
        var (id, index, at) = (row.GetInt64(0), row.GetInt32(1), row.GetDateTime(2));
        if (row.IsDBNull(3))
            return SequenceEvent.Accepted(id, index, at);
        return row.IsDBNull(5)
            ? SequenceEvent.Computed(id, index, row.GetInt32(3), row.GetString(4), at)
            : SequenceEvent.Failed(id, index, row.GetString(5));
    }
}
