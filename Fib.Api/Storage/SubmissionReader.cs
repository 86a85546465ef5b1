using System.Globalization;
using Npgsql;

namespace Fib.Api.Storage;

/// <summary>Reads what is stored.</summary>
internal sealed class SubmissionReader(NpgsqlDataSource dataSource)
{
    /// <summary>
    /// A page of submissions, newest first, below an id and optionally of one index. The limit is part of the statement: where it
    /// is a parameter, the planner takes it for a tenth of all submissions, and plans anew each time once there are many.
    /// </summary>
    public async Task<IReadOnlyList<SubmissionRecord>> ReadPageAsync(int limit, long before, int? index, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand($"""
            SELECT s.id, s.index, s.accepted_at, o.digits, o.preview, o.reason, o.computed_at
            FROM submission s LEFT JOIN outcome o ON o.index = s.index
            WHERE s.id < $1 {(index is null ? "" : "AND s.index = $2")} ORDER BY s.id DESC LIMIT {limit.ToString(CultureInfo.InvariantCulture)}
            """);
        command.Parameters.Add(new() { Value = before });
        if (index is { } only)
            command.Parameters.Add(new() { Value = only });

        var page = new List<SubmissionRecord>(limit);
        await using var reader = await command.ExecuteReaderInTimeAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            page.Add(new SubmissionRecord(reader.GetInt64(0), reader.GetInt32(1), reader.GetDateTime(2), ReadOutcome(reader, 3)));
        return page;
    }

    /// <summary>Whether the index was ever asked for, and its outcome unless it is pending.</summary>
    public async Task<(bool IsKnown, OutcomeRecord? Outcome)> FindAsync(int index, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("""
            SELECT digits, preview, reason, computed_at FROM outcome WHERE index = $1
            UNION ALL SELECT NULL, NULL, NULL, NULL FROM pending_term WHERE index = $1
            """);
        command.Parameters.Add(new() { Value = index });
        await using var reader = await command.ExecuteReaderInTimeAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (true, ReadOutcome(reader, 0)) : (false, null);
    }

    private static OutcomeRecord? ReadOutcome(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column)
            ? null
            : new OutcomeRecord(
                reader.GetInt32(column), reader.GetString(column + 1),
                reader.IsDBNull(column + 2) ? null : reader.GetString(column + 2), reader.GetDateTime(column + 3));
}
