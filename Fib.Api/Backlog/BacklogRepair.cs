using System.Globalization;
using Fib.Api.Storage;
using Fib.Redis.Backlog;
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
            catch (Exception failure) when (StoreFailure.IsPassing(failure))
            {
                Log.Paused(logger, "The repair of the backlog", failure.Message);
            }

            await Task.Delay(Interval, time, stoppingToken);
        }
    }

    private async Task RepairAsync(CancellationToken cancellationToken)
    {
        var small = await GetOldestEntryTimeAsync(BacklogKeys.Stream);
        var large = await GetOldestEntryTimeAsync(BacklogKeys.LargeStream);
        var lost = await pending.TakeAppendedBeforeAsync(small - Grace, large - Grace, cancellationToken);
        await Task.WhenAll(lost.Select(index => appender.AppendAsync(index, default)));
        if (lost.Count > 0)
            Log.Repaired(logger, lost.Count);
    }

    /// <summary>An entry id starts with its time in milliseconds.</summary>
    private async Task<DateTimeOffset> GetOldestEntryTimeAsync(string stream)
    {
        if (await redis.GetDatabase().StreamRangeAsync(stream, count: 1) is not [var entry])
            return time.GetUtcNow();
        var id = entry.Id.ToString();
        return DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(id.AsSpan(0, id.IndexOf('-', StringComparison.Ordinal)), CultureInfo.InvariantCulture));
    }
}
