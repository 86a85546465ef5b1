using Fib.Api.Database;
using Fib.Core.Sequence;
using Fib.Redis.Backlog;
using Fib.Redis.Streams;
using Npgsql;
using StackExchange.Redis;

namespace Fib.Api.Backlog;

/// <summary>
/// Finds indexes that are pending in PostgreSQL and in no stream: neither on the backlog nor among the outcomes to record.
/// </summary>
internal sealed partial class LostIndexes(IConnectionMultiplexer redis, PendingTerms pending, ILogger<LostIndexes> logger)
{
    /// <summary>The maximum number of indexes of one comparison; the next comparison continues after them.</summary>
    private const int MaxCompared = 250_000;

    /// <summary>
    /// In the order in which an index passes through them, so that the comparison finds an index that moves to the next stream
    /// meanwhile.
    /// </summary>
    private static readonly (string Stream, string Group)[] Streams =
    [
        (BacklogKeys.Stream, BacklogKeys.Group),
        (BacklogKeys.LargeStream, BacklogKeys.Group),
        (BacklogKeys.Outcomes, BacklogKeys.OutcomesGroup),
    ];

    private int _above = -1;

    /// <summary>
    /// Repairs the streams and returns the lost indexes. Reads the streams only if an index was appended a while ago and has no
    /// outcome.
    /// </summary>
    public async Task<IReadOnlyCollection<int>> FindAsync(CancellationToken cancellationToken)
    {
        // Also if nothing is pending: terms that Redis evicted are computed again through the same streams.
        await RepairStreamsAsync();
        var waiting = await pending.ReadAppendedAsync(_above, MaxCompared, cancellationToken);
        _above = waiting.Count == MaxCompared ? waiting[^1] : -1;
        var lost = waiting.ToHashSet();
        foreach (var (stream, group) in Streams)
        {
            if (lost.Count > 0)
                await RemoveHeldAsync(lost, new GroupContents(redis.GetDatabase(), stream, group), cancellationToken);
        }

        return lost;
    }

    private async Task RepairStreamsAsync()
    {
        foreach (var stream in Streams.Select(one => one.Stream).Append(BacklogKeys.DeadLetters))
        {
            var result = await redis.GetDatabase().RepairStreamAsync(stream, keepEntries: stream == BacklogKeys.DeadLetters);
            if (result == StreamRepairResult.Deleted)
                LogDeleted(stream);
            else if (result == StreamRepairResult.Rewound)
                LogRewound(stream);
        }
    }

    private static async Task RemoveHeldAsync(HashSet<int> lost, GroupContents contents, CancellationToken cancellationToken)
    {
        await foreach (var entry in contents.ReadAsync().WithCancellation(cancellationToken))
        {
            // Backlog entries and outcomes have the same field.
            if (SequenceIndex.Read(entry["index"].ToString(), SequenceIndex.Limit, out var index) == IndexVerdict.Accepted)
                lost.Remove(index.Value);
        }
    }

    [LoggerMessage(7, LogLevel.Warning, "{Stream} accepted no more entries and was deleted. Pending indexes are appended again.")]
    private partial void LogDeleted(string stream);

    [LoggerMessage(8, LogLevel.Warning, "A group of {Stream} was positioned beyond its last entry, and was set back.")]
    private partial void LogRewound(string stream);
}

/// <summary>The indexes whose term is pending in PostgreSQL.</summary>
internal sealed class PendingTerms(NpgsqlDataSource dataSource)
{
    /// <summary>
    /// Longer than an append, which ends within 2.5 seconds. A time in the future is of a clock that was set back, or of a server that
    /// has failed over.
    /// </summary>
    private const string IsAppendedBefore =
        "(appended_at < clock_timestamp() - interval '4 seconds' OR appended_at > clock_timestamp())";

    /// <summary>
    /// Indexes above <paramref name="above"/> that were appended a while ago, in ascending order, at most
    /// <paramref name="limit"/>.
    /// </summary>
    public async Task<IReadOnlyList<int>> ReadAppendedAsync(int above, int limit, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand($"""
            SELECT index FROM pending_term WHERE index > $1 AND {IsAppendedBefore} ORDER BY index LIMIT $2
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
                SELECT index FROM pending_term WHERE index = ANY ($1) AND {IsAppendedBefore} FOR UPDATE SKIP LOCKED)
            RETURNING index
            """);
        command.Parameters.Add(new() { Value = indexes });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadIndexesAsync(cancellationToken);
    }
}
