using StackExchange.Redis;

namespace Fib.Redis.Connection;

/// <summary>Sends and receives the messages of a channel.</summary>
public static class ChannelExtensions
{
    /// <summary>Sends a message that may be lost, without waiting for Redis.</summary>
    /// <param name="redis">The connection.</param>
    /// <param name="channel">The name of the channel.</param>
    /// <param name="message">The text of the message.</param>
    public static async Task PublishAndForgetAsync(this IConnectionMultiplexer redis, string channel, string message)
    {
        ArgumentNullException.ThrowIfNull(redis);
        try
        {
            await redis.GetSubscriber().PublishAsync(RedisChannel.Literal(channel), message, CommandFlags.FireAndForget);
        }
        catch (Exception exception) when (RedisFailure.Is(exception))
        {
            // It is lost.
        }
    }

    /// <summary>
    /// Subscribes to a channel and handles its messages in their order until it is cancelled. The client renews the subscription by itself
    /// when its connection is restored.
    /// </summary>
    /// <param name="redis">The connection.</param>
    /// <param name="channel">The name of the channel.</param>
    /// <param name="subscribed">Is called after the subscription has succeeded.</param>
    /// <param name="handle">Handles the text of a message.</param>
    /// <param name="cancellationToken">Ends the subscription.</param>
    /// <exception cref="RedisException">The server is unavailable.</exception>
    public static async Task ReadChannelAsync(
        this IConnectionMultiplexer redis, string channel, Action subscribed, Action<string?> handle, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(redis);
        ArgumentNullException.ThrowIfNull(subscribed);
        ArgumentNullException.ThrowIfNull(handle);
        var (subscriber, name) = (redis.GetSubscriber(), RedisChannel.Literal(channel));
        try
        {
            var messages = await subscriber.SubscribeAsync(name);
            subscribed();
            await foreach (var message in messages.WithCancellation(cancellationToken))
                handle(message.Message);
        }
        catch
        {
            // The failed subscription would deliver its messages beside the next one.
            await subscriber.UnsubscribeAsync(name, flags: CommandFlags.FireAndForget);
            throw;
        }
    }
}
