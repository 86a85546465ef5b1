using Fib.Api.Storage;
using Fib.Core.Backlog;
using StackExchange.Redis;

namespace Fib.Api.Backlog;

/// <summary>
/// Puts back what is pending in PostgreSQL but no longer on the backlog: after a crash between commit and append, after
/// a failed append, after Redis lost its data. Entries leave the stream only when they are acknowledged, so what was
/// appended well before the oldest entry there is lost; the table of pending terms is small, whatever the history.
/// </summary>
internal sealed class BacklogRepair(
    IConnectionMultiplexer redis, PendingTerms pending, BacklogAppender appender, SchemaState schema, TimeProvider time, ILogger<BacklogRepair> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Covers an append under way and clocks that differ.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RepairAsync(stoppingToken);
            }
            catch (Exception failure) when (StoreFailure.Is(failure))
            {
                Log.Paused(logger, "The repair of the backlog", failure.Message);
            }

            await Task.Delay(Interval, time, stoppingToken);
        }
    }

    private async Task RepairAsync(CancellationToken cancellationToken)
    {
        var oldest = await GetOldestEntryTimeAsync();
        var lost = await pending.TakeAppendedBeforeAsync(oldest - Grace, cancellationToken);
        foreach (var index in lost)
            await appender.AppendAsync(index, default);
        if (lost.Count > 0)
            Log.Repaired(logger, lost.Count);
    }

    /// <summary>An entry id starts with its time in milliseconds.</summary>
    private async Task<DateTimeOffset> GetOldestEntryTimeAsync()
    {
        var oldest = await redis.GetDatabase().StreamRangeAsync(BacklogKeys.Stream, count: 1);
        return oldest is [var entry]
            ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(entry.Id.ToString().AsSpan()[..entry.Id.ToString().IndexOf('-', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture))
            : time.GetUtcNow();
    }
}
