using System.Diagnostics;
using Fib.Redis.Backlog;
using Fib.Redis.Connection;
using Fib.Redis.Streams;
using Fib.ServiceDefaults.Background;
using Fib.ServiceDefaults.Dependencies;
using Fib.Worker.Terms;

namespace Fib.Worker.Backlog;

/// <summary>
/// Reads one stream of the backlog and handles its entries. When it is stopped, it finishes the batch at hand, acknowledges it, and
/// leaves the rest to other workers.
/// </summary>
internal sealed class BacklogLoop(
    GroupConsumer consumer, string stream, int batchSize, EntryHandler handler, Dependency redis, TimeProvider time,
    ILogger<BacklogLoop> logger)
    : BackgroundService
{
    private const string Malformed = "The entry holds no index.";

    private readonly RetryLoop _reading = CreateLoop(redis, time, logger);

    /// <summary>Retries one entry within an iteration of <see cref="_reading"/>.</summary>
    private readonly RetryLoop _processing = CreateLoop(redis, time, logger);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Log.Started(logger, stream);
        await _reading.RunAsync(
            async token =>
            {
                ArraySegment<(StreamDelivery, BacklogEntry?)> batch = Order(await consumer.ReadAsync(batchSize)).ToArray();
                for (var done = 0; done < batch.Count; done++)
                    await ProcessWithRetriesAsync(batch[done..], token);
            }, stoppingToken);
    }

    private static RetryLoop CreateLoop(Dependency redis, TimeProvider time, ILogger logger) =>
        new("The work on the backlog", exception => RedisFailure.FindOutage(redis, exception), time, logger);

    /// <summary>Smallest index first: small ones do not wait for a large one of the same batch.</summary>
    private static IEnumerable<(StreamDelivery Delivery, BacklogEntry? Entry)> Order(IReadOnlyList<StreamDelivery> deliveries) =>
        deliveries.Select(delivery => (delivery, Entry: BacklogEntry.Read(delivery.ToFields())))
            .OrderBy(read => read.Entry?.Index.Value ?? 0);

    /// <summary>
    /// Retries the first entry until Redis has stored the outcome: an outage of Redis must not count as a delivery failure,
    /// neither of this entry nor of those behind it.
    /// </summary>
    private Task ProcessWithRetriesAsync(
        IReadOnlyList<(StreamDelivery Delivery, BacklogEntry? Entry)> rest, CancellationToken stoppingToken)
    {
        var isFirst = true;
        var (delivery, entry) = rest[0];
        return _processing.RunUntilSucceededAsync(
            async _ =>
            {
                if (!isFirst)
                    await consumer.RenewClaimsAsync(rest.Select(unfinished => unfinished.Delivery));
                isFirst = false;
                await ProcessAsync(delivery, entry);
            }, stoppingToken);
    }

    private async Task ProcessAsync(StreamDelivery delivery, BacklogEntry? entry)
    {
        using var activity = StreamActivity.StartProcess(stream, BacklogKeys.Group, [delivery])?.SetTag("fib.index", entry?.Index.Value);
        try
        {
            await DispatchAsync(delivery, entry);
        }
        catch (Exception exception)
        {
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
            throw;
        }
    }

    private async Task DispatchAsync(StreamDelivery delivery, BacklogEntry? entry)
    {
        if (entry is null)
        {
            await DeadLetterAsync(delivery, entry, Malformed, delivery.Deliveries);
        }
        else if (delivery.Deliveries > DeadLetter.MaxDeliveries)
        {
            var reason = $"{DeadLetter.MaxDeliveries} workers were given the index and none finished it.";
            await FailAsync(delivery, entry, reason, delivery.Deliveries - 1);
        }
        else
        {
            await ComputeAsync(delivery, entry);
        }
    }

    /// <summary>Redis errors are retried: the apis repair damaged keys. Any other failure would recur, in every worker.</summary>
    private async Task ComputeAsync(StreamDelivery delivery, BacklogEntry entry)
    {
        try
        {
            await handler.HandleAsync(entry);
        }
        catch (Exception exception) when (!RedisFailure.Is(exception))
        {
            await FailAsync(delivery, entry, exception.Message, delivery.Deliveries);
            return;
        }

        // Acknowledged last: an entry whose handling was interrupted is delivered again.
        await consumer.AcknowledgeAsync([delivery]);
    }

    private async Task FailAsync(StreamDelivery delivery, BacklogEntry entry, string reason, long deliveries)
    {
        await handler.FailAsync(entry, reason);
        await DeadLetterAsync(delivery, entry, reason, deliveries);
    }

    private async Task DeadLetterAsync(StreamDelivery delivery, BacklogEntry? entry, string reason, long deliveries)
    {
        var deadLetter = DeadLetter.Create(delivery.ToFields(), entry?.Index, reason, deliveries, stream);
        await consumer.DeadLetterAsync(delivery, BacklogKeys.DeadLetters, BacklogKeys.MaxDeadLetters, deadLetter.ToFields());
        Log.DeadLettered(logger, delivery.Entry.Id.ToString(), stream, reason);
    }
}
