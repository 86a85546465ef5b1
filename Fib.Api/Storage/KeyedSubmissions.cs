using System.Buffers.Binary;
using System.Security.Cryptography;
using Fib.Core.Sequence;
using Npgsql;

namespace Fib.Api.Storage;

/// <summary>
/// Stores submissions of which some have an idempotency key, each key once. All writers hold <see cref="Schema.EventLock"/>,
/// so the statement sees every key that was committed before it.
/// </summary>
internal sealed class KeyedSubmissions(NpgsqlDataSource dataSource)
{
    private const string Insert = $"""
        WITH sent AS (SELECT key, fingerprint, place FROM unnest($3::text[], $4::bytea[]) WITH ORDINALITY AS t (key, fingerprint, place)),
             known AS (SELECT place, idempotency_key.fingerprint FROM sent JOIN idempotency_key USING (key) WHERE idempotency_key.key = ANY ($3::text[])),
             asked AS (
                 SELECT index, received_at, n FROM unnest($1::integer[], $2::timestamptz[], $5::bigint[]) WITH ORDINALITY AS t (index, received_at, place, n)
                 WHERE place NOT IN (SELECT place FROM known)),
             {SubmissionStore.StoreAsked},
             kept AS (INSERT INTO idempotency_key (key, fingerprint) SELECT key, fingerprint FROM sent WHERE place NOT IN (SELECT place FROM known))
        SELECT index, NULL::bigint, NULL::bytea FROM unfinished UNION ALL SELECT NULL, place, fingerprint FROM known
        """;

    /// <summary>Stores what no earlier submission with the same key stored, and refuses what has a key that was used for other indexes.</summary>
    /// <returns>The distinct stored indexes without a term: they belong on the backlog.</returns>
    public async Task<IReadOnlyList<SequenceIndex>> InsertAsync(IReadOnlyList<PendingSubmission> submissions, CancellationToken cancellationToken)
    {
        var keyed = submissions.Where(submission => submission.Key is not null).ToArray();
        var first = keyed.DistinctBy(submission => submission.Key).ToArray();
        var fingerprints = first.Select(Fingerprint).ToArray();

        var unfinished = new List<SequenceIndex>();
        await using var batch = dataSource.CreateEventBatch(Describe(submissions, first, fingerprints));
        await using (var reader = await batch.ExecuteReaderAsync(cancellationToken))
        {
            await reader.NextResultAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                if (reader.IsDBNull(0))
                    fingerprints[reader.GetInt64(1) - 1] = reader.GetFieldValue<byte[]>(2);
                else
                    unfinished.Add(new SequenceIndex(reader.GetInt32(0)));
            }

            await reader.ReadToEndAsync(cancellationToken);
        }

        Refuse(keyed, first.Zip(fingerprints).ToDictionary(known => known.First.Key!, known => known.Second));
        return unfinished;
    }

    /// <summary>Of several with one key the first is stored; the others are answered like it.</summary>
    private static NpgsqlBatchCommand Describe(IReadOnlyList<PendingSubmission> submissions, PendingSubmission[] first, byte[][] fingerprints)
    {
        var places = first.Select((submission, n) => (submission, Place: n + 1L)).ToDictionary(sent => sent.submission, sent => sent.Place);
        var asked = submissions.Where(submission => submission.Key is null || places.ContainsKey(submission)).ToArray();
        return new NpgsqlBatchCommand(Insert)
        {
            Parameters =
            {
                new() { Value = SubmissionStore.GetIndexes(asked) },
                new() { Value = SubmissionStore.GetTimes(asked) },
                new() { Value = first.Select(submission => submission.Key!).ToArray() },
                new() { Value = fingerprints },
                new() { Value = asked.SelectMany(submission => submission.Indexes.Select(_ => places.GetValueOrDefault(submission))).ToArray() },
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

    /// <summary>What tells the indexes of one submission from those of another.</summary>
    private static byte[] Fingerprint(PendingSubmission submission)
    {
        var bytes = new byte[submission.Indexes.Count * sizeof(int)];
        for (var n = 0; n < submission.Indexes.Count; n++)
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(n * sizeof(int)), submission.Indexes[n].Value);
        return SHA256.HashData(bytes);
    }
}
