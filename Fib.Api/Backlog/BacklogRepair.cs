using Fib.Api.Database;
using Fib.Core.Sequence;
using Fib.Redis.Backlog;
using Fib.Redis.Connection;
using Fib.ServiceDefaults.Background;
using StackExchange.Redis;

namespace Fib.Api.Backlog;

/// <summary>
/// Appends indexes that are pending in PostgreSQL and missing in Redis: after a crash between commit and append, after a
/// failed append, after Redis lost its data or an entry. The comparison takes at most a tenth of the time, however long the
/// backlog is, and one api at a time runs it.
/// </summary>
internal sealed partial class BacklogRepair(
    LostIndexes lostIndexes, PendingTerms pending, BacklogAppender appender, IConnectionMultiplexer redis, SchemaState schema,
    StoreStates stores, TimeProvider time, ILogger<BacklogRepair> logger)
    : BackgroundService
{
    private const int MaxAppends = 1_000;
    private const int PausesPerComparison = 9;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan InitialLease = TimeSpan.FromSeconds(5), MaxLease = TimeSpan.FromMinutes(1);

    private bool _hasLease;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.WaitAsync(stoppingToken);
        await new RetryLoop("The repair of the backlog", stores.FindOutage, time, logger).RunAsync(RepairAsync, stoppingToken);
    }

    private async Task<TimeSpan> RepairAsync(CancellationToken cancellationToken)
    {
        // After a failure this api keeps the lease, and tries until the stores answer.
        _hasLease = _hasLease || await redis.GetDatabase().TryAcquireLeaseAsync(BacklogKeys.Repair, InitialLease, MaxLease);
        if (!_hasLease)
            return Interval;
        var begun = time.GetTimestamp();
        var lost = await lostIndexes.FindAsync(cancellationToken);
        foreach (var stream in lost.GroupBy(index => BacklogKeys.StreamOf(new SequenceIndex(index))))
            await AppendAsync(stream, cancellationToken);

        var pause = time.GetElapsedTime(begun) * PausesPerComparison;
        pause = pause > Interval ? pause : Interval;
        // Slightly shorter than the pause, so that the lease has expired when this api tries again.
        var lease = pause * 0.9;
        await redis.GetDatabase().StringSetAsync(BacklogKeys.Repair, RedisValue.EmptyString, lease < MaxLease ? lease : MaxLease);
        _hasLease = false;
        return pause;
    }

    /// <summary>Appends the lost indexes of one stream. It may be full: the next repair continues.</summary>
    private async Task AppendAsync(IEnumerable<int> lost, CancellationToken cancellationToken)
    {
        foreach (var indexes in lost.Chunk(MaxAppends))
        {
            if (!await TryAppendAsync(indexes, cancellationToken))
                return;
        }
    }

    /// <summary>Returns false if an index could not be appended.</summary>
    private async Task<bool> TryAppendAsync(int[] lost, CancellationToken cancellationToken)
    {
        var taken = await pending.TakeAsync(lost, cancellationToken);
        var appended = await Task.WhenAll(taken.Select(index => appender.AppendAsync(index, default)));
        if (appended.Count(isAppended => isAppended) is > 0 and var count)
            LogRepaired(count);
        return !appended.Contains(false);
    }

    [LoggerMessage(3, LogLevel.Information, "Appended {Count} stored indexes that were missing on the backlog.")]
    private partial void LogRepaired(int count);
}
