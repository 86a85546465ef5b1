using System.Buffers.Binary;
using System.Security.Cryptography;
using Fib.Api.Database;
using Fib.Core.Sequence;
using Fib.ServiceDefaults.Background;
using Npgsql;

namespace Fib.Api.Submissions;

/// <summary>
/// Stores submissions. All writers hold <see cref="Schema.EventLock"/>, so the statement sees every idempotency key that was
/// committed before it.
/// </summary>
internal sealed class SubmissionStore(NpgsqlDataSource dataSource)
{
    /// <summary>
    /// The part that both statements share: stores the rows of <c>asked</c>, makes their indexes without a term pending, and
    /// deletes the failed outcomes of these indexes.
    /// </summary>
    private const string StoreAsked = """
        stored AS (INSERT INTO submission (index, received_at) SELECT index, received_at FROM asked ORDER BY n),
             unfinished AS (
                 SELECT DISTINCT index FROM asked
                 WHERE index NOT IN (SELECT index FROM outcome WHERE index = ANY ($1::integer[]) AND reason IS NULL)),
             pending AS (
                 INSERT INTO pending_term (index, since) SELECT index, clock_timestamp() FROM unfinished ORDER BY index
                 ON CONFLICT (index) DO NOTHING),
             deleted_failures AS (DELETE FROM outcome WHERE index = ANY (ARRAY(SELECT index FROM unfinished)))
        """;

    private const string Insert = $"""
        WITH asked AS (
                 SELECT index, received_at, n
                 FROM unnest($1::integer[], $2::timestamptz[]) WITH ORDINALITY AS t (index, received_at, n)),
             {StoreAsked}
        SELECT index FROM unfinished
        """;

    private const string InsertWithKeys = $"""
        WITH sent AS (SELECT key, fingerprint, place FROM unnest($3::text[], $4::bytea[]) WITH ORDINALITY AS t (key, fingerprint, place)),
             known AS (
                 SELECT place, idempotency_key.fingerprint FROM sent JOIN idempotency_key USING (key)
                 WHERE idempotency_key.key = ANY ($3::text[])),
             asked AS (
                 SELECT index, received_at, n
                 FROM unnest($1::integer[], $2::timestamptz[], $5::bigint[]) WITH ORDINALITY AS t (index, received_at, place, n)
                 WHERE place NOT IN (SELECT place FROM known)),
             {StoreAsked},
             stored_keys AS (
                 INSERT INTO idempotency_key (key, fingerprint)
                 SELECT key, fingerprint FROM sent WHERE place NOT IN (SELECT place FROM known))
        SELECT index, NULL::bigint, NULL::bytea FROM unfinished UNION ALL SELECT NULL, place, fingerprint FROM known
        """;

    /// <summary>
    /// Stores all submissions in one durable commit, except those whose key is stored already. Refuses those whose key was
    /// used for other indexes.
    /// </summary>
    /// <returns>The distinct stored indexes without a term, which belong on the backlog.</returns>
    public Task<IReadOnlyList<SequenceIndex>> InsertAsync(
        IReadOnlyList<PendingSubmission> submissions, CancellationToken cancellationToken) =>
        submissions.Any(submission => submission.Key is not null)
            ? InsertWithKeysAsync(submissions, cancellationToken)
            : ExecuteAsync(
                new NpgsqlBatchCommand(Insert)
                {
                    Parameters = { new() { Value = GetIndexes(submissions) }, new() { Value = GetTimes(submissions) } },
                },
                [], cancellationToken);

    private async Task<IReadOnlyList<SequenceIndex>> InsertWithKeysAsync(
        IReadOnlyList<PendingSubmission> submissions, CancellationToken cancellationToken)
    {
        var keyed = submissions.Where(submission => submission.Key is not null).ToArray();
        var first = keyed.DistinctBy(submission => submission.Key).ToArray();
        var fingerprints = first.Select(Fingerprint).ToArray();

        var unfinished = await ExecuteAsync(CreateCommand(submissions, first, fingerprints), fingerprints, cancellationToken);
        Refuse(keyed, first.Zip(fingerprints).ToDictionary(known => known.First.Key!, known => known.Second));
        return unfinished;
    }

    /// <summary>Returns the unfinished indexes, and replaces the fingerprints of known keys by the stored ones.</summary>
    private async Task<IReadOnlyList<SequenceIndex>> ExecuteAsync(
        NpgsqlBatchCommand command, byte[][] fingerprints, CancellationToken cancellationToken)
    {
        var unfinished = new List<SequenceIndex>();
        await using var batch = dataSource.CreateEventBatch(command);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (reader.IsDBNull(0))
                fingerprints[reader.GetInt64(1) - 1] = reader.GetFieldValue<byte[]>(2);
            else
                unfinished.Add(new SequenceIndex(reader.GetInt32(0)));
        }

        await reader.ReadToEndAsync(cancellationToken);
        return unfinished;
    }

    /// <summary>Of several submissions with one key, the statement stores the first; the others get the same answer.</summary>
    private static NpgsqlBatchCommand CreateCommand(
        IReadOnlyList<PendingSubmission> submissions, PendingSubmission[] first, byte[][] fingerprints)
    {
        var places = first.Select((submission, n) => (submission, Place: n + 1L)).ToDictionary(sent => sent.submission, sent => sent.Place);
        var asked = submissions.Where(submission => submission.Key is null || places.ContainsKey(submission)).ToArray();
        return new NpgsqlBatchCommand(InsertWithKeys)
        {
            Parameters =
            {
                new() { Value = GetIndexes(asked) },
                new() { Value = GetTimes(asked) },
                new() { Value = first.Select(submission => submission.Key!).ToArray() },
                new() { Value = fingerprints },
                new() { Value = asked.SelectMany(one => one.Indexes.Select(_ => places.GetValueOrDefault(one))).ToArray() },
            },
        };
    }

    private static void Refuse(PendingSubmission[] keyed, Dictionary<string, byte[]> known)
    {
        foreach (var submission in keyed)
        {
            if (!Fingerprint(submission).AsSpan().SequenceEqual(known[submission.Key!]))
                submission.Refuse();
        }
    }

    /// <summary>A hash of the indexes in their order.</summary>
    private static byte[] Fingerprint(PendingSubmission submission)
    {
        var bytes = new byte[submission.Indexes.Count * sizeof(int)];
        for (var n = 0; n < submission.Indexes.Count; n++)
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(n * sizeof(int)), submission.Indexes[n].Value);
        return SHA256.HashData(bytes);
    }

    private static int[] GetIndexes(IEnumerable<PendingSubmission> submissions) =>
        [.. submissions.SelectMany(submission => submission.Indexes).Select(index => index.Value)];

    private static DateTime[] GetTimes(IEnumerable<PendingSubmission> submissions) =>
        [.. submissions.SelectMany(submission => Enumerable.Repeat(submission.ReceivedAt, submission.Indexes.Count))];
}

/// <summary>Deletes idempotency keys after a day, a few at a time, so that submissions do not wait for it.</summary>
internal sealed class IdempotencyKeyCleanup(
    NpgsqlDataSource dataSource, SchemaState schema, StoreStates stores, TimeProvider time, ILogger<IdempotencyKeyCleanup> logger)
    : BackgroundService
{
    private const int MaxRows = 1_000;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.WaitAsync(stoppingToken);
        await new RetryLoop("The cleanup of idempotency keys", stores.FindOutage, time, logger, stores.Postgres).RunAsync(
            async token => await DeleteAsync(token) < MaxRows ? Interval : TimeSpan.Zero, stoppingToken);
    }

    /// <returns>The number of deleted keys.</returns>
    private async Task<int> DeleteAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("""
            DELETE FROM idempotency_key WHERE key IN (
                SELECT key FROM idempotency_key WHERE stored_at < clock_timestamp() - interval '1 day'
                ORDER BY stored_at LIMIT $1 FOR UPDATE SKIP LOCKED)
            """);
        command.Parameters.Add(new() { Value = MaxRows });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
