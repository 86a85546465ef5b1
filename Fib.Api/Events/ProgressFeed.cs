using Fib.Api.Database;
using Fib.Core.Contracts;
using Fib.Redis.Backlog;
using Fib.ServiceDefaults.Background;
using StackExchange.Redis;

namespace Fib.Api.Events;

/// <summary>Forwards the workers' progress to the listeners; progress is not stored.</summary>
internal sealed class ProgressFeed(
    IConnectionMultiplexer redis, EventFeed feed, StoreStates stores, TimeProvider time, ILogger<ProgressFeed> logger) : BackgroundService
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
                    await ForwardAsync(await subscriber.SubscribeAsync(Channel), loop, token);
                }
                catch
                {
                    // The failed subscription would deliver its messages beside the next one.
                    await subscriber.UnsubscribeAsync(Channel, flags: CommandFlags.FireAndForget);
                    throw;
                }

                return Pause;
            }, stoppingToken);
    }

    /// <summary>The client renews a subscription by itself when its connection is restored.</summary>
    private async Task ForwardAsync(ChannelMessageQueue messages, RetryLoop loop, CancellationToken cancellationToken)
    {
        loop.SetSucceeded();
        await foreach (var message in messages.WithCancellation(cancellationToken))
        {
            if (TermProgress.Read(message.Message) is { } progress)
                feed.Publish(ToEvent(progress));
        }
    }

    private static SequenceEvent ToEvent(TermProgress progress) => progress.Preview is { } term
        ? SequenceEvent.Preview(new PreviewEvent(progress.Index.Value, term))
        : SequenceEvent.Progress(new ProgressEvent(progress.Index.Value, progress.Percent));
}
