using Fib.Core.Sequence;
using Npgsql;

namespace Fib.Api.Storage;

/// <summary>The indexes whose term could not be computed.</summary>
internal sealed class FailedTerms(NpgsqlDataSource dataSource)
{
    /// <summary>The most that are taken at once.</summary>
    public const int MaxTogether = 1_000;

    // One at a time with the submissions, which settle the same rows.
    private static readonly string Retry = $"""
        WITH failed AS (
                 DELETE FROM outcome
                 WHERE index = ANY (ARRAY(SELECT index FROM outcome WHERE reason IS NOT NULL AND index > $1 ORDER BY index LIMIT {MaxTogether}))
                 RETURNING index),
             pending AS (INSERT INTO pending_term (index, since) SELECT index, clock_timestamp() FROM failed ORDER BY index ON CONFLICT (index) DO NOTHING)
        SELECT index FROM failed ORDER BY index
        """;

    /// <summary>Makes failed indexes above one pending again, lowest first, at most <see cref="MaxTogether"/>.</summary>
    /// <returns>Which, in ascending order.</returns>
    public async Task<IReadOnlyList<SequenceIndex>> RetryAsync(int above, CancellationToken cancellationToken)
    {
        await using var batch = dataSource.CreateEventBatch(new NpgsqlBatchCommand(Retry)
        {
            Parameters = { new() { Value = above } },
        });
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var retried = new List<SequenceIndex>();
        while (await reader.ReadAsync(cancellationToken))
            retried.Add(new SequenceIndex(reader.GetInt32(0)));
        await reader.ReadToEndAsync(cancellationToken);
        return retried;
    }
}
