using System.Buffers.Binary;
using System.Security.Cryptography;
using Fib.Api.Database;
using Fib.Core.Sequence;
using Npgsql;

namespace Fib.Api.Submissions;

/// <summary>
/// Stores submissions. All writers hold <see cref="DatabaseSchema.EventLock"/>, so the statement sees every idempotency key that was
/// committed before it.
/// </summary>
internal sealed class SubmissionStore(NpgsqlDataSource dataSource)
{
    /// <summary>
    /// The part that both statements share: stores the rows of <c>submitted</c>, makes their indexes without a term pending, and
    /// deletes the failed outcomes of these indexes.
    /// </summary>
    private const string StoreSubmitted = """
        stored AS (INSERT INTO submission (index, received_at) SELECT index, received_at FROM submitted ORDER BY n),
             unfinished AS (
                 SELECT DISTINCT index FROM submitted
                 WHERE index NOT IN (SELECT index FROM outcome WHERE index = ANY ($1::integer[]) AND reason IS NULL)),
             pending AS (
                 INSERT INTO pending_term (index, since) SELECT index, clock_timestamp() FROM unfinished ORDER BY index
                 ON CONFLICT (index) DO NOTHING RETURNING index),
             deleted_failures AS (DELETE FROM outcome WHERE index = ANY (ARRAY(SELECT index FROM unfinished)))
        """;

    private const string Insert = $"""
        WITH submitted AS (
                 SELECT index, received_at, n
                 FROM unnest($1::integer[], $2::timestamptz[]) WITH ORDINALITY AS t (index, received_at, n)),
             {StoreSubmitted}
        SELECT index FROM pending
        """;

    private const string InsertWithKeys = $"""
        WITH keyed AS (
                 SELECT key, fingerprint, key_position
                 FROM unnest($3::text[], $4::bytea[]) WITH ORDINALITY AS t (key, fingerprint, key_position)),
             repeated AS (
                 SELECT key_position, idempotency_key.fingerprint FROM keyed JOIN idempotency_key USING (key)
                 WHERE idempotency_key.key = ANY ($3::text[])),
             submitted AS (
                 SELECT index, received_at, n
                 FROM unnest($1::integer[], $2::timestamptz[], $5::bigint[]) WITH ORDINALITY AS t (index, received_at, key_position, n)
                 WHERE key_position NOT IN (SELECT key_position FROM repeated)),
             {StoreSubmitted},
             stored_keys AS (
                 INSERT INTO idempotency_key (key, fingerprint)
                 SELECT key, fingerprint FROM keyed WHERE key_position NOT IN (SELECT key_position FROM repeated))
        SELECT index, NULL::bigint, NULL::bytea FROM pending UNION ALL SELECT NULL, key_position, fingerprint FROM repeated
        """;

    /// <summary>
    /// Stores all submissions in one durable commit, except those whose key is stored already. Marks those whose key was
    /// used for other indexes (<see cref="NewSubmission.HasKeyConflict"/>).
    /// </summary>
    /// <returns>
    /// The distinct indexes that became pending, which belong on the backlog. Those that were pending before are there, or the repair
    /// appends them.
    /// </returns>
    public Task<IReadOnlyList<SequenceIndex>> InsertAsync(
        IReadOnlyList<NewSubmission> submissions, CancellationToken cancellationToken) =>
        submissions.Any(submission => submission.Key is not null)
            ? InsertWithKeysAsync(submissions, cancellationToken)
            : ExecuteAsync(
                new NpgsqlBatchCommand(Insert)
                {
                    Parameters = { new() { Value = GetIndexes(submissions) }, new() { Value = GetTimes(submissions) } },
                },
                [], cancellationToken);

    private async Task<IReadOnlyList<SequenceIndex>> InsertWithKeysAsync(
        IReadOnlyList<NewSubmission> submissions, CancellationToken cancellationToken)
    {
        var keyed = submissions.Where(submission => submission.Key is not null).ToArray();
        var first = keyed.DistinctBy(submission => submission.Key).ToArray();
        var fingerprints = first.Select(Fingerprint).ToArray();

        var pending = await ExecuteAsync(CreateCommand(submissions, first, fingerprints), fingerprints, cancellationToken);
        MarkKeyConflicts(keyed, first.Zip(fingerprints).ToDictionary(stored => stored.First.Key!, stored => stored.Second));
        return pending;
    }

    /// <summary>Returns the indexes that became pending, and replaces the fingerprints of repeated keys by the stored ones.</summary>
    private async Task<IReadOnlyList<SequenceIndex>> ExecuteAsync(
        NpgsqlBatchCommand command, byte[][] fingerprints, CancellationToken cancellationToken)
    {
        var pending = new List<SequenceIndex>();
        await using var batch = dataSource.CreateEventBatch(command);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (reader.IsDBNull(0))
                fingerprints[reader.GetInt64(1) - 1] = reader.GetFieldValue<byte[]>(2);
            else
                pending.Add(new SequenceIndex(reader.GetInt32(0)));
        }

        await reader.ReadToEndAsync(cancellationToken);
        return pending;
    }

    /// <summary>Of several submissions with one key, the statement stores the first; the others get the same answer.</summary>
    private static NpgsqlBatchCommand CreateCommand(
        IReadOnlyList<NewSubmission> submissions, NewSubmission[] first, byte[][] fingerprints)
    {
        // From 1, as in SQL; 0 stands for no key.
        var positions = first.Select((submission, n) => (submission, n)).ToDictionary(keyed => keyed.submission, keyed => keyed.n + 1L);
        var submitted = submissions.Where(submission => submission.Key is null || positions.ContainsKey(submission)).ToArray();
        return new NpgsqlBatchCommand(InsertWithKeys)
        {
            Parameters =
            {
                new() { Value = GetIndexes(submitted) },
                new() { Value = GetTimes(submitted) },
                new() { Value = first.Select(submission => submission.Key!).ToArray() },
                new() { Value = fingerprints },
                new() { Value = submitted.SelectMany(one => one.Indexes.Select(_ => positions.GetValueOrDefault(one))).ToArray() },
            },
        };
    }

    private static void MarkKeyConflicts(NewSubmission[] keyed, Dictionary<string, byte[]> stored)
    {
        foreach (var submission in keyed)
        {
            if (!Fingerprint(submission).AsSpan().SequenceEqual(stored[submission.Key!]))
                submission.SetKeyConflict();
        }
    }

    /// <summary>A hash of the indexes in their order.</summary>
    private static byte[] Fingerprint(NewSubmission submission)
    {
        var bytes = new byte[submission.Indexes.Count * sizeof(int)];
        for (var n = 0; n < submission.Indexes.Count; n++)
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(n * sizeof(int)), submission.Indexes[n].Value);
        return SHA256.HashData(bytes);
    }

    private static int[] GetIndexes(IEnumerable<NewSubmission> submissions) =>
        [.. submissions.SelectMany(submission => submission.Indexes).Select(index => index.Value)];

    private static DateTime[] GetTimes(IEnumerable<NewSubmission> submissions) =>
        [.. submissions.SelectMany(submission => Enumerable.Repeat(submission.ReceivedAt, submission.Indexes.Count))];
}
