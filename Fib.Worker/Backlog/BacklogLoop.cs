using Fib.Core.Backlog;
using Fib.ServiceDefaults.Streams;
using Fib.Worker.Terms;
using StackExchange.Redis;

namespace Fib.Worker.Backlog;

/// <summary>Reads one stream of the backlog until the stop; then finishes the batch at hand, acknowledges it, and leaves the rest to the others.</summary>
internal sealed class BacklogLoop(GroupConsumer consumer, string stream, int batchSize, EntryHandler handler, TimeProvider time, ILogger<BacklogLoop> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Log.Started(logger, stream);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (var entry in InOrder(await consumer.ReadAsync(batchSize)))
                    await HandleAsync(entry);
            }
            catch (Exception failure) when (failure is RedisException or TimeoutException)
            {
                Log.RedisAway(logger, failure.Message);
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    /// <summary>Small ones first: whoever asked for them does not wait for a large one of the same batch.</summary>
    private static IEnumerable<(StreamEntry Raw, BacklogEntry? Read)> InOrder(IReadOnlyList<StreamEntry> entries) =>
        entries.Select(entry => (Raw: entry, Read: BacklogEntry.Read(entry.ToFields()))).OrderBy(entry => entry.Read?.Index.Value ?? 0);

    private async Task HandleAsync((StreamEntry Raw, BacklogEntry? Read) entry)
    {
        if (entry.Read is { } read)
            await handler.HandleAsync(read);
        else
            Log.MalformedEntry(logger, stream, entry.Raw.Id.ToString());
        // Only now: an entry whose handling did not end is delivered again.
        await consumer.AcknowledgeAsync([entry.Raw]);
    }
}
