using Fib.Redis.Backlog;
using Fib.Redis.Streams;
using Fib.Worker.Terms;
using StackExchange.Redis;

namespace Fib.Worker.Backlog;

/// <summary>Reads one stream of the backlog until the stop; then finishes the batch at hand, acknowledges it, and leaves the rest to the others.</summary>
internal sealed class BacklogLoop(GroupConsumer consumer, string stream, int batchSize, EntryHandler handler, TimeProvider time, ILogger<BacklogLoop> logger)
    : BackgroundService
{
    private const string Malformed = "The entry holds no index.";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Log.Started(logger, stream);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (var (delivery, entry) in InOrder(await consumer.ReadAsync(batchSize)))
                    await SettleAsync(delivery, entry, stoppingToken);
            }
            catch (Exception failure) when (failure is RedisException or TimeoutException)
            {
                Log.RedisAway(logger, failure.Message);
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    /// <summary>Small ones first: whoever asked for them does not wait for a large one of the same batch.</summary>
    private static IEnumerable<(StreamDelivery Delivery, BacklogEntry? Entry)> InOrder(IReadOnlyList<StreamDelivery> deliveries) =>
        deliveries.Select(delivery => (delivery, Entry: BacklogEntry.Read(delivery.ToFields()))).OrderBy(one => one.Entry?.Index.Value ?? 0);

    /// <summary>Tries until Redis takes what became of the entry: that it is away must not count against the entry.</summary>
    private async Task SettleAsync(StreamDelivery delivery, BacklogEntry? entry, CancellationToken stoppingToken)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            try
            {
                if (!isFirst)
                    await consumer.KeepAsync(delivery);
                await SettleAsync(delivery, entry);
                return;
            }
            catch (Exception failure) when (failure is RedisException or TimeoutException)
            {
                Log.RedisAway(logger, failure.Message);
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    private async Task SettleAsync(StreamDelivery delivery, BacklogEntry? entry)
    {
        if (entry is null)
        {
            await PutAsideAsync(delivery, entry, Malformed, delivery.Deliveries);
        }
        else if (delivery.Deliveries > DeadLetter.MaxDeliveries)
        {
            var reason = $"{DeadLetter.MaxDeliveries} workers were given the index and none finished it.";
            await handler.FailAsync(entry, reason);
            await PutAsideAsync(delivery, entry, reason, delivery.Deliveries - 1);
        }
        else
        {
            await handler.HandleAsync(entry);
            // Only now: an entry whose handling did not end is delivered again.
            await consumer.AcknowledgeAsync([delivery]);
        }
    }

    private async Task PutAsideAsync(StreamDelivery delivery, BacklogEntry? entry, string reason, long deliveries)
    {
        Log.PutAside(logger, delivery.Entry.Id.ToString(), stream, reason);
        var letter = DeadLetter.About(delivery.ToFields(), entry?.Index, reason, deliveries, stream);
        await consumer.PutAsideAsync(delivery, BacklogKeys.DeadLetters, BacklogKeys.MaxDeadLetters, letter.ToFields());
    }
}
