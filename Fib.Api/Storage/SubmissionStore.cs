using Fib.Core.Sequence;
using Fib.Redis.Backlog;
using Npgsql;

namespace Fib.Api.Storage;

/// <summary>Writes submissions and outcomes, each together with the events that they are.</summary>
internal sealed class SubmissionStore(NpgsqlDataSource dataSource)
{
    /// <summary>The parts of a statement that store what a part before them has named <c>asked</c>.</summary>
    public const string StoreAsked = """
        stored AS (INSERT INTO submission (index, received_at) SELECT index, received_at FROM asked ORDER BY n),
             unfinished AS (
                 SELECT DISTINCT index FROM asked WHERE index NOT IN (SELECT index FROM outcome WHERE index = ANY ($1::integer[]) AND reason IS NULL)),
             pending AS (INSERT INTO pending_term (index, since) SELECT index, clock_timestamp() FROM unfinished ORDER BY index ON CONFLICT (index) DO NOTHING),
             retried AS (DELETE FROM outcome WHERE index = ANY (ARRAY(SELECT index FROM unfinished)))
        """;

    private const string InsertSubmissions = $"""
        WITH asked AS (SELECT index, received_at, n FROM unnest($1::integer[], $2::timestamptz[]) WITH ORDINALITY AS t (index, received_at, n)),
             {StoreAsked}
        SELECT index FROM unfinished
        """;

    private const string InsertOutcomes = """
        WITH found AS (
                 SELECT DISTINCT ON (index) *
                 FROM unnest($1::integer[], $2::integer[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::timestamptz[])
                 AS t (index, digits, preview, reason, queued_at, started_at, computed_at)),
             settled AS (DELETE FROM pending_term WHERE index = ANY ($1::integer[]) RETURNING index)
        INSERT INTO outcome (index, digits, preview, reason, queued_at, started_at, computed_at, recorded_at)
        SELECT index, digits, preview, reason, queued_at, started_at, computed_at, clock_timestamp()
        FROM found WHERE index IN (SELECT index FROM settled) ORDER BY index
        ON CONFLICT (index) DO NOTHING
        """;

    /// <summary>Stores all submissions in one durable commit.</summary>
    /// <returns>The distinct indexes without a term: they belong on the backlog.</returns>
    public async Task<IReadOnlyList<SequenceIndex>> InsertAsync(IReadOnlyList<PendingSubmission> submissions, CancellationToken cancellationToken)
    {
        await using var batch = dataSource.CreateEventBatch(new NpgsqlBatchCommand(InsertSubmissions)
        {
            Parameters = { new() { Value = GetIndexes(submissions) }, new() { Value = GetTimes(submissions) } },
        });
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);

        var unfinished = new List<SequenceIndex>();
        while (await reader.ReadAsync(cancellationToken))
            unfinished.Add(new SequenceIndex(reader.GetInt32(0)));
        await reader.ReadToEndAsync(cancellationToken);
        return unfinished;
    }

    /// <summary>Records outcomes; one that is recorded already stays as it is, so a redelivery changes nothing.</summary>
    public async Task InsertAsync(IReadOnlyList<OutcomeEntry> outcomes, CancellationToken cancellationToken)
    {
        await using var batch = dataSource.CreateEventBatch(new NpgsqlBatchCommand(InsertOutcomes)
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

    /// <summary>All indexes of the submissions, in their order.</summary>
    public static int[] GetIndexes(IEnumerable<PendingSubmission> submissions) =>
        [.. submissions.SelectMany(submission => submission.Indexes).Select(index => index.Value)];

    /// <summary>The times of arrival that belong to <see cref="GetIndexes"/>.</summary>
    public static DateTime[] GetTimes(IEnumerable<PendingSubmission> submissions) =>
        [.. submissions.SelectMany(submission => Enumerable.Repeat(submission.ReceivedAt, submission.Indexes.Count))];
}
