using Fib.Api.Storage;
using Fib.Redis.Backlog;
using Fib.ServiceDefaults.Background;
using StackExchange.Redis;

namespace Fib.Api.Events;

/// <summary>Passes on to the listeners what workers tell of large terms; nothing of it is kept.</summary>
internal sealed class ProgressFeed(IConnectionMultiplexer redis, EventFeed feed, StoreStates stores, TimeProvider time, ILogger<ProgressFeed> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly RedisChannel Channel = RedisChannel.Literal(BacklogKeys.Progress);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var subscriber = redis.GetSubscriber();
        var loop = new RetryLoop("The feed of progress", stores.FindOutage, time, logger);
        await loop.RunAsync(
            async token =>
            {
                try
                {
                    await TellAsync(await subscriber.SubscribeAsync(Channel), loop, token);
                }
                catch
                {
                    // What came of the attempt would be told beside the next.
                    await subscriber.UnsubscribeAsync(Channel, flags: CommandFlags.FireAndForget);
                    throw;
                }

                return Pause;
            }, stoppingToken);
    }

    /// <summary>Once subscribed the client subscribes again by itself, whatever becomes of its connection.</summary>
    private async Task TellAsync(ChannelMessageQueue messages, RetryLoop loop, CancellationToken cancellationToken)
    {
        loop.SetSucceeded();
        await foreach (var message in messages.WithCancellation(cancellationToken))
        {
            if (TermProgress.Read(message.Message) is { } progress)
                feed.Tell(SequenceEvent.Progress(new ProgressEvent(progress.Index.Value, progress.Percent)));
        }
    }
}
