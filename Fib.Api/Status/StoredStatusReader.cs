using Fib.Api.Storage;
using Npgsql;

namespace Fib.Api.Status;

/// <summary>Reads PostgreSQL's part of the status in one round trip; what it costs does not grow with the history.</summary>
internal sealed class StoredStatusReader(NpgsqlDataSource dataSource)
{
    private const int LastSubmissions = 10;

    /// <summary>So many pending indexes are looked at.</summary>
    private const int MaxPending = 10_000;

    // An outcome older than the submission is of an earlier one: this one passed no stage after the commit.
    private const string SelectLast = """
        SELECT s.id, s.index, s.received_at, s.accepted_at, o.queued_at, o.started_at, o.computed_at, o.recorded_at
        FROM (SELECT * FROM submission ORDER BY id DESC LIMIT $1) s LEFT JOIN outcome o ON o.index = s.index AND o.event_id > s.id AND o.reason IS NULL
        ORDER BY s.id DESC
        """;

    private const string SelectPending = """
        SELECT count(*), (extract(epoch FROM clock_timestamp() - min(since)))::float8, current_setting('server_version')
        FROM (SELECT coalesce(since, appended_at) AS since FROM pending_term LIMIT $1) looked_at
        """;

    public async Task<StoredStatus> ReadAsync(CancellationToken cancellationToken)
    {
        await using var batch = dataSource.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(SelectLast) { Parameters = { new() { Value = LastSubmissions } } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(SelectPending) { Parameters = { new() { Value = MaxPending } } });
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var last = new List<SubmissionStages>(LastSubmissions);
        while (await reader.ReadAsync(cancellationToken))
            last.Add(ReadStages(reader));

        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        // The number alone, without the packager's name.
        var version = reader.GetString(2).Split(' ')[0];
        return new StoredStatus(reader.GetInt64(0), reader.IsDBNull(1) ? null : Math.Round(Math.Max(0, reader.GetDouble(1)), 3), version, last);
    }

    private static SubmissionStages ReadStages(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetInt32(1), row.ReadTime(2), row.GetDateTime(3), row.ReadTime(4), row.ReadTime(5), row.ReadTime(6), row.ReadTime(7));
}
