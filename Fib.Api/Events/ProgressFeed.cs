using Fib.Redis.Backlog;
using StackExchange.Redis;

namespace Fib.Api.Events;

/// <summary>Passes on to the listeners what workers tell of large terms; nothing of it is kept.</summary>
internal sealed class ProgressFeed(IConnectionMultiplexer redis, EventFeed feed, TimeProvider time, ILogger<ProgressFeed> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly RedisChannel Channel = RedisChannel.Literal(BacklogKeys.Progress);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var subscriber = redis.GetSubscriber();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // Once subscribed the client subscribes again by itself, whatever becomes of its connection.
                await foreach (var message in (await subscriber.SubscribeAsync(Channel)).WithCancellation(stoppingToken))
                {
                    if (TermProgress.Read(message.Message) is { } progress)
                        feed.Tell(SequenceEvent.Progress(new ProgressEvent(progress.Index.Value, progress.Percent)));
                }
            }
            catch (Exception failure) when (failure is RedisException or TimeoutException)
            {
                Log.Paused(logger, "The feed of progress", failure.Message);
                // What came of the attempt would be told beside the next.
                await subscriber.UnsubscribeAsync(Channel, flags: CommandFlags.FireAndForget);
            }

            await Task.Delay(Pause, time, stoppingToken);
        }
    }
}
