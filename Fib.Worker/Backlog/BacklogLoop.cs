using System.Diagnostics;
using Fib.Redis.Backlog;
using Fib.Redis.Connection;
using Fib.Redis.Streams;
using Fib.ServiceDefaults.Background;
using Fib.Worker.Terms;

namespace Fib.Worker.Backlog;

/// <summary>Reads one stream of the backlog until the stop; then finishes the batch at hand, acknowledges it, and leaves the rest to the others.</summary>
internal sealed class BacklogLoop(GroupConsumer consumer, string stream, int batchSize, EntryHandler handler, RedisState redis, TimeProvider time, ILogger<BacklogLoop> logger)
    : BackgroundService
{
    private const string Malformed = "The entry holds no index.";

    private const string Work = "The work on the backlog";

    /// <summary>For the attempts to settle one entry, which are no iterations of the loop.</summary>
    private readonly RetryLoop _settling = new(Work, redis.FindOutage, time, logger);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Log.Started(logger, stream);
        await new RetryLoop(Work, redis.FindOutage, time, logger).RunAsync(
            async token =>
            {
                foreach (var (delivery, entry) in InOrder(await consumer.ReadAsync(batchSize)))
                    await SettleInTheEndAsync(delivery, entry, token);
            }, stoppingToken);
    }

    /// <summary>Small ones first: whoever asked for them does not wait for a large one of the same batch.</summary>
    private static IEnumerable<(StreamDelivery Delivery, BacklogEntry? Entry)> InOrder(IReadOnlyList<StreamDelivery> deliveries) =>
        deliveries.Select(delivery => (delivery, Entry: BacklogEntry.Read(delivery.ToFields()))).OrderBy(one => one.Entry?.Index.Value ?? 0);

    /// <summary>Tries until Redis takes what became of the entry: that it is away must not count against the entry.</summary>
    private Task SettleInTheEndAsync(StreamDelivery delivery, BacklogEntry? entry, CancellationToken stoppingToken)
    {
        var isFirst = true;
        return _settling.RunUntilSucceededAsync(
            async _ =>
            {
                if (!isFirst)
                    await consumer.KeepAsync(delivery);
                isFirst = false;
                await SettleAsync(delivery, entry);
            }, stoppingToken);
    }

    private async Task SettleAsync(StreamDelivery delivery, BacklogEntry? entry)
    {
        using var activity = StreamActivity.StartProcess(stream, BacklogKeys.Group, [delivery])?.SetTag("fib.index", entry?.Index.Value);
        try
        {
            await ProcessAsync(delivery, entry);
        }
        catch (Exception failure)
        {
            activity?.SetStatus(ActivityStatusCode.Error, failure.Message);
            throw;
        }
    }

    private async Task ProcessAsync(StreamDelivery delivery, BacklogEntry? entry)
    {
        if (entry is null)
        {
            await PutAsideAsync(delivery, entry, Malformed, delivery.Deliveries);
        }
        else if (delivery.Deliveries > DeadLetter.MaxDeliveries)
        {
            await GiveUpAsync(delivery, entry, $"{DeadLetter.MaxDeliveries} workers were given the index and none finished it.", delivery.Deliveries - 1);
        }
        else
        {
            await HandleAsync(delivery, entry);
        }
    }

    /// <summary>What Redis refuses, it refuses for the state of its keys, which the apis mend. Anything else would fail again, here and with every other worker.</summary>
    private async Task HandleAsync(StreamDelivery delivery, BacklogEntry entry)
    {
        try
        {
            await handler.HandleAsync(entry);
        }
        catch (Exception failure) when (!RedisFailure.Is(failure))
        {
            await GiveUpAsync(delivery, entry, failure.Message, delivery.Deliveries);
            return;
        }

        // Only now: an entry whose handling did not end is delivered again.
        await consumer.AcknowledgeAsync([delivery]);
    }

    private async Task GiveUpAsync(StreamDelivery delivery, BacklogEntry entry, string reason, long deliveries)
    {
        await handler.FailAsync(entry, reason);
        await PutAsideAsync(delivery, entry, reason, deliveries);
    }

    private async Task PutAsideAsync(StreamDelivery delivery, BacklogEntry? entry, string reason, long deliveries)
    {
        Log.PutAside(logger, delivery.Entry.Id.ToString(), stream, reason);
        var letter = DeadLetter.About(delivery.ToFields(), entry?.Index, reason, deliveries, stream);
        await consumer.PutAsideAsync(delivery, BacklogKeys.DeadLetters, BacklogKeys.MaxDeadLetters, letter.ToFields());
    }
}
