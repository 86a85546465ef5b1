using System.Text.Json;
using Fib.Api.Database;
using Fib.Api.Http;
using Fib.Core.Contracts;
using Npgsql;

namespace Fib.Api.Events;

/// <summary>Reads events in ascending order of id.</summary>
internal sealed class EventReader(NpgsqlDataSource dataSource)
{
    /// <summary>The id of the newest event; 0 if there is none.</summary>
    public async Task<long> GetLastIdAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            "SELECT greatest((SELECT coalesce(max(id), 0) FROM submission), (SELECT coalesce(max(event_id), 0) FROM outcome))");
        return (long)(await command.ExecuteScalarInTimeAsync(cancellationToken))!;
    }

    /// <summary>The events after an id, oldest first, at most <paramref name="limit"/>.</summary>
    public async Task<IReadOnlyList<SequenceEvent>> ReadAfterAsync(long id, int limit, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("""
            (SELECT id, index, received_at, accepted_at, NULL::timestamptz, NULL::integer, NULL, NULL
             FROM submission WHERE id > $1 ORDER BY id LIMIT $2)
            UNION ALL
            (SELECT event_id, index, queued_at, started_at, computed_at, digits, preview, reason
             FROM outcome WHERE event_id > $1 ORDER BY event_id LIMIT $2)
            ORDER BY id LIMIT $2
            """);
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = limit });
        return await ReadAsync(command, cancellationToken);
    }

    /// <summary>The newest events, oldest first, at most <paramref name="limit"/>.</summary>
    public async Task<IReadOnlyList<SequenceEvent>> ReadNewestAsync(int limit, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("""
            (SELECT id, index, received_at, accepted_at, NULL::timestamptz, NULL::integer, NULL, NULL
             FROM submission ORDER BY id DESC LIMIT $1)
            UNION ALL
            (SELECT event_id, index, queued_at, started_at, computed_at, digits, preview, reason
             FROM outcome ORDER BY event_id DESC LIMIT $1)
            ORDER BY id DESC LIMIT $1
            """);
        command.Parameters.Add(new() { Value = limit });
        var events = await ReadAsync(command, cancellationToken);
        events.Reverse();
        return events;
    }

    private static async Task<List<SequenceEvent>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderInTimeAsync(cancellationToken);
        var events = new List<SequenceEvent>();
        while (await reader.ReadAsync(cancellationToken))
            events.Add(Read(reader));
        return events;
    }

    private static SequenceEvent Read(NpgsqlDataReader row)
    {
        var (id, index) = (row.GetInt64(0), row.GetInt32(1));
        if (row.IsDBNull(5))
            return SequenceEvent.Accepted(id, new AcceptedEvent(id, index, row.ReadTime(2), row.GetDateTime(3)));
        return row.IsDBNull(7)
            ? SequenceEvent.Computed(
                id, new ComputedEvent(index, row.GetInt32(5), row.GetString(6), row.ReadTime(2), row.ReadTime(3), row.GetDateTime(4)))
            : SequenceEvent.Failed(id, new FailedEvent(index, row.GetString(7)));
    }
}

/// <summary>An event of an index. The id is its position in the order that PostgreSQL keeps.</summary>
/// <param name="Id">Increases with every commit; null for an event that is not stored.</param>
/// <param name="Type">The event's name in the stream.</param>
/// <param name="Data">One line of JSON.</param>
internal sealed record SequenceEvent(long? Id, string Type, string Data)
{
    private const string Submission = "accepted";

    /// <summary>Whether an index was submitted.</summary>
    public bool IsSubmission => Type == Submission;

    public static SequenceEvent Accepted(long id, AcceptedEvent data) =>
        new(id, Submission, JsonSerializer.Serialize(data, ApiJson.Default.AcceptedEvent));

    public static SequenceEvent Computed(long id, ComputedEvent data) =>
        new(id, "computed", JsonSerializer.Serialize(data, ApiJson.Default.ComputedEvent));

    public static SequenceEvent Failed(long id, FailedEvent data) =>
        new(id, "failed", JsonSerializer.Serialize(data, ApiJson.Default.FailedEvent));

    public static SequenceEvent Preview(PreviewEvent data) =>
        new(null, "preview", JsonSerializer.Serialize(data, ApiJson.Default.PreviewEvent));

    public static SequenceEvent Progress(ProgressEvent data) =>
        new(null, "progress", JsonSerializer.Serialize(data, ApiJson.Default.ProgressEvent));
}
