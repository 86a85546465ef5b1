using Fib.Core.Sequence;
using Fib.LocalSystem.Processes;
using Fib.Redis.Backlog;
using Fib.Tests.Support;
using Fib.Worker.Terms;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;

namespace Fib.Tests.System.Worker;

[Trait(Category.Name, Category.System)]
public sealed class ProgressPublisherTests
{
    [Fact]
    public async Task PublishTerm_TwiceWithinAMillisecond_PublishesTheFirst()
    {
        await using var redis = await ScratchRedis.StartAsync();
        await using var connection = await redis.ConnectAsync();
        var time = new FakeTimeProvider();
        var received = await connection.GetSubscriber().SubscribeAsync(RedisChannel.Literal(BacklogKeys.Progress));
        var publisher = new ProgressPublisher(connection, time);
        publisher.PublishTerm(new SequenceIndex(7), "13");
        publisher.PublishTerm(new SequenceIndex(8), "21");
        time.Advance(TimeSpan.FromMilliseconds(1));
        publisher.PublishTerm(new SequenceIndex(9), "34");
        Assert.Equal("7 100 13", await ReadAsync(received));
        Assert.Equal("9 100 34", await ReadAsync(received));
    }

    /// <summary>The announcement of an index and its entry arrive in either order.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Publish_AnAnnouncedTermAndThatOfItsEntry_PublishesItOnce(bool announcedFirst)
    {
        await using var redis = await ScratchRedis.StartAsync();
        await using var connection = await redis.ConnectAsync();
        var time = new FakeTimeProvider();
        var received = await connection.GetSubscriber().SubscribeAsync(RedisChannel.Literal(BacklogKeys.Progress));
        var publisher = new ProgressPublisher(connection, time);
        foreach (var isAnnounced in (bool[])[announcedFirst, !announcedFirst])
        {
            if (isAnnounced)
                publisher.PublishAnnounced(new SequenceIndex(7), "13");
            else
                publisher.PublishTerm(new SequenceIndex(7), "13");
            time.Advance(TimeSpan.FromMilliseconds(1));
        }

        publisher.PublishAnnounced(new SequenceIndex(8), "21");
        Assert.Equal("7 100 13", await ReadAsync(received));
        Assert.Equal("8 100 21", await ReadAsync(received));
    }

    private static async Task<string?> ReadAsync(ChannelMessageQueue received) =>
        (await received.ReadAsync().AsTask().WaitAsync(Eventually.DefaultTimeout)).Message;
}
