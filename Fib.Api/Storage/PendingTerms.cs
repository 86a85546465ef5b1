using Fib.Core.Sequence;
using Npgsql;

namespace Fib.Api.Storage;

/// <summary>The indexes whose term is still to come.</summary>
internal sealed class PendingTerms(NpgsqlDataSource dataSource)
{
    private const int MaxTogether = 1_000;

    /// <summary>Takes indexes that were last appended before a time, marking them as appended now, so that one instance appends each.</summary>
    public async Task<IReadOnlyList<SequenceIndex>> TakeAppendedBeforeAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("""
            UPDATE pending_term SET appended_at = clock_timestamp()
            WHERE index IN (SELECT index FROM pending_term WHERE appended_at < $1 ORDER BY appended_at LIMIT $2 FOR UPDATE SKIP LOCKED)
            RETURNING index
            """);
        command.Parameters.Add(new() { Value = before.UtcDateTime });
        command.Parameters.Add(new() { Value = MaxTogether });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var taken = new List<SequenceIndex>();
        while (await reader.ReadAsync(cancellationToken))
            taken.Add(new SequenceIndex(reader.GetInt32(0)));
        return taken;
    }
}
