using Fib.Api.Storage;
using Fib.Core.Sequence;
using Fib.Redis.Backlog;
using Fib.Redis.Streams;
using StackExchange.Redis;

namespace Fib.Api.Backlog;

/// <summary>Finds what is pending in PostgreSQL and neither on the backlog nor among the outcomes to be recorded.</summary>
internal sealed class LostIndexes(IConnectionMultiplexer redis, PendingTerms pending, ILogger<LostIndexes> logger)
{
    /// <summary>So many are compared at once; the next time those that follow.</summary>
    private const int MaxCompared = 250_000;

    /// <summary>In the order in which an index moves, so that one that moves on meanwhile is still met.</summary>
    private static readonly (string Stream, string Group)[] Streams =
    [
        (BacklogKeys.Stream, BacklogKeys.Group),
        (BacklogKeys.LargeStream, BacklogKeys.Group),
        (BacklogKeys.Outcomes, BacklogKeys.OutcomesGroup),
    ];

    private int _above = -1;

    /// <summary>Mends the streams, and reads them only where an index was appended a while ago and has no outcome.</summary>
    public async Task<IReadOnlyCollection<int>> FindAsync(CancellationToken cancellationToken)
    {
        // Also where nothing is pending: dropped terms are computed again by way of the same streams.
        await MendAsync();
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

    private async Task MendAsync()
    {
        foreach (var stream in Streams.Select(one => one.Stream).Append(BacklogKeys.DeadLetters))
        {
            var mended = await redis.GetDatabase().RepairStreamAsync(stream);
            if (mended == StreamRepairResult.Deleted)
                Log.StreamReset(logger, stream);
            else if (mended == StreamRepairResult.Rewound)
                Log.GroupRewound(logger, stream);
        }
    }

    private static async Task RemoveHeldAsync(HashSet<int> lost, GroupContents contents, CancellationToken cancellationToken)
    {
        await foreach (var entry in contents.ReadAsync().WithCancellation(cancellationToken))
        {
            // The same field in an entry of the backlog and in an outcome.
            if (SequenceIndex.Read(entry["index"].ToString(), SequenceIndex.Limit, out var index) == IndexVerdict.Accepted)
                lost.Remove(index.Value);
        }
    }
}
