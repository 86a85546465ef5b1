using Fib.Api.Database;
using Fib.Core.Sequence;
using Npgsql;

namespace Fib.Api.Backlog;

/// <summary>The indexes whose term is pending in PostgreSQL.</summary>
internal sealed class PendingTerms(NpgsqlDataSource dataSource)
{
    /// <summary>Longer than an append, which ends within 2.5 seconds.</summary>
    private const string Grace = "interval '4 seconds'";

    /// <summary>
    /// Indexes above <paramref name="above"/> that were appended a while ago, in ascending order, at most
    /// <paramref name="limit"/>.
    /// </summary>
    public async Task<IReadOnlyList<int>> ReadAppendedAsync(int above, int limit, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand($"""
            SELECT index FROM pending_term WHERE index > $1 AND appended_at < clock_timestamp() - {Grace} ORDER BY index LIMIT $2
            """);
        command.Parameters.Add(new() { Value = above });
        command.Parameters.Add(new() { Value = limit });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var indexes = new List<int>();
        while (await reader.ReadAsync(cancellationToken))
            indexes.Add(reader.GetInt32(0));
        return indexes;
    }

    /// <summary>
    /// Of the given indexes, selects those that are still pending and were not appended recently, and sets their append time to
    /// now, so that only one api appends each.
    /// </summary>
    /// <returns>The marked indexes.</returns>
    public async Task<IReadOnlyList<SequenceIndex>> TakeAsync(int[] indexes, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand($"""
            UPDATE pending_term SET appended_at = clock_timestamp()
            WHERE index IN (
                SELECT index FROM pending_term WHERE index = ANY ($1) AND appended_at < clock_timestamp() - {Grace} FOR UPDATE SKIP LOCKED)
            RETURNING index
            """);
        command.Parameters.Add(new() { Value = indexes });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadIndexesAsync(cancellationToken);
    }
}
