using Fib.Api.Database;
using Fib.Core.Contracts;
using Fib.Redis.Backlog;
using Fib.ServiceDefaults.Background;
using StackExchange.Redis;

namespace Fib.Api.Events;

/// <summary>Forwards the workers' progress to the listeners; progress is not stored.</summary>
internal sealed class ProgressFeed(
    IConnectionMultiplexer redis, EventFeed feed, OpenStreams open, StoreStates stores, TimeProvider time, ILogger<ProgressFeed> logger)
    : BackgroundService
{
    /// <summary>With more streams, the third event for each index would cost more than the milliseconds that it saves are worth.</summary>
    private const int MaxPreviewStreams = 100;

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
            if (open.Count > 0 && TermProgress.Read(message.Message) is { } progress
                && (progress.Preview is null || open.Count <= MaxPreviewStreams))
                feed.Publish(ToEvent(progress));
        }
    }

    private static SequenceEvent ToEvent(TermProgress progress) => progress.Preview is { } term
        ? SequenceEvent.Preview(new PreviewEvent(progress.Index.Value, term))
        : SequenceEvent.Progress(new ProgressEvent(progress.Index.Value, progress.Percent));
}
