using Fib.Core.Sequence;
using Fib.Redis.Backlog;
using Npgsql;

namespace Fib.Api.Storage;

/// <summary>The indexes whose term is still to come.</summary>
internal sealed class PendingTerms(NpgsqlDataSource dataSource)
{
    private const int MaxTogether = 1_000;

    /// <summary>Takes small and large indexes that were last appended before a time, marking them as appended now, so that one instance appends each.</summary>
    public async Task<IReadOnlyList<SequenceIndex>> TakeAppendedBeforeAsync(DateTimeOffset small, DateTimeOffset large, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("""
            UPDATE pending_term SET appended_at = clock_timestamp()
            WHERE index IN (
                SELECT index FROM pending_term WHERE appended_at < CASE WHEN index < $1 THEN $2 ELSE $3 END
                ORDER BY appended_at LIMIT $4 FOR UPDATE SKIP LOCKED)
            RETURNING index
            """);
        command.Parameters.Add(new() { Value = BacklogKeys.LargeIndex });
        command.Parameters.Add(new() { Value = small.UtcDateTime });
        command.Parameters.Add(new() { Value = large.UtcDateTime });
        command.Parameters.Add(new() { Value = MaxTogether });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var taken = new List<SequenceIndex>();
        while (await reader.ReadAsync(cancellationToken))
            taken.Add(new SequenceIndex(reader.GetInt32(0)));
        return taken;
    }
}
