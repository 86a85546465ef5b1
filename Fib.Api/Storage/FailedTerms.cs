using Fib.Core.Sequence;
using Npgsql;

namespace Fib.Api.Storage;

/// <summary>The indexes whose term could not be computed.</summary>
internal sealed class FailedTerms(NpgsqlDataSource dataSource)
{
    /// <summary>The most that are taken at once.</summary>
    public const int MaxTogether = 1_000;

    /// <summary>Makes failed indexes above one pending again, lowest first, at most <see cref="MaxTogether"/>.</summary>
    /// <returns>Which, in ascending order.</returns>
    public async Task<IReadOnlyList<SequenceIndex>> RetryAsync(int above, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("""
            WITH failed AS (
                     DELETE FROM outcome WHERE index IN (
                         SELECT index FROM outcome WHERE reason IS NOT NULL AND index > $1 ORDER BY index LIMIT $2 FOR UPDATE)
                     RETURNING index),
                 pending AS (INSERT INTO pending_term (index, since) SELECT index, clock_timestamp() FROM failed ORDER BY index ON CONFLICT (index) DO NOTHING)
            SELECT index FROM failed ORDER BY index
            """);
        command.Parameters.Add(new() { Value = above });
        command.Parameters.Add(new() { Value = MaxTogether });
        await using var reader = await command.ExecuteReaderInTimeAsync(cancellationToken);
        var retried = new List<SequenceIndex>();
        while (await reader.ReadAsync(cancellationToken))
            retried.Add(new SequenceIndex(reader.GetInt32(0)));
        return retried;
    }
}
