using Fib.Api.Database;
using Fib.Redis.Backlog;
using Npgsql;

namespace Fib.Api.Terms;

/// <summary>The outcome of an index.</summary>
/// <param name="Digits">The number of decimal digits of the term.</param>
/// <param name="Preview">The term, shortened if it is long.</param>
/// <param name="Reason">Why the computation failed, or null if the term is computed.</param>
internal sealed record StoredOutcome(int Digits, string Preview, string? Reason);

/// <summary>Stores and reads outcomes.</summary>
internal sealed class OutcomeStore(NpgsqlDataSource dataSource)
{
    /// <summary>
    /// A term is always right, and a failure may be that of an earlier attempt: of two outcomes of an index, the term is stored. A failure
    /// that it replaces is deleted first, so that the term gets a new event id.
    /// </summary>
    private const string Insert = """
        WITH received AS (
                 SELECT DISTINCT ON (index) *
                 FROM unnest($1::integer[], $2::integer[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::timestamptz[])
                 AS t (index, digits, preview, reason, queued_at, started_at, computed_at)
                 ORDER BY index, reason NULLS FIRST),
             was_pending AS (DELETE FROM pending_term WHERE index = ANY ($1::integer[]) RETURNING index),
             was_failed AS (
                 DELETE FROM outcome
                 WHERE index = ANY (ARRAY(SELECT index FROM received WHERE reason IS NULL)) AND reason IS NOT NULL RETURNING index)
        INSERT INTO outcome (index, digits, preview, reason, queued_at, started_at, computed_at, recorded_at)
        SELECT index, digits, preview, reason, queued_at, started_at, computed_at, clock_timestamp()
        FROM received WHERE index IN (SELECT index FROM was_pending UNION ALL SELECT index FROM was_failed) ORDER BY index
        ON CONFLICT (index) DO NOTHING
        """;

    /// <summary>
    /// Stores outcomes in one commit. A term replaces a failure; otherwise an existing outcome stays as it is, so a redelivery changes
    /// nothing.
    /// </summary>
    public async Task InsertAsync(IReadOnlyList<OutcomeEntry> outcomes, CancellationToken cancellationToken)
    {
        await using var batch = dataSource.CreateEventBatch(new NpgsqlBatchCommand(Insert)
        {
            Parameters =
            {
                new() { Value = outcomes.Select(outcome => outcome.Index.Value).ToArray() },
                new() { Value = outcomes.Select(outcome => outcome.Digits).ToArray() },
                new() { Value = outcomes.Select(outcome => outcome.Preview).ToArray() },
                new() { Value = outcomes.Select(outcome => outcome.Reason).ToArray() },
                new() { Value = outcomes.Select(outcome => outcome.Times.QueuedAt?.UtcDateTime).ToArray() },
                new() { Value = outcomes.Select(outcome => outcome.Times.StartedAt?.UtcDateTime).ToArray() },
                new() { Value = outcomes.Select(outcome => outcome.Times.ComputedAt.UtcDateTime).ToArray() },
            },
        });
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Whether the index was submitted, and its outcome unless it is pending.</summary>
    public async Task<(bool IsKnown, StoredOutcome? Outcome)> FindAsync(int index, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("""
            SELECT digits, preview, reason FROM outcome WHERE index = $1
            UNION ALL SELECT NULL, NULL, NULL FROM pending_term WHERE index = $1
            """);
        command.Parameters.Add(new() { Value = index });
        await using var reader = await command.ExecuteReaderInTimeAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
            return (false, null);
        return reader.IsDBNull(0)
            ? (true, null)
            : (true, new StoredOutcome(reader.GetInt32(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2)));
    }
}
