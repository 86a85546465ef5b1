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
        Assert.Equal("7 100 13", await ReadAsync());
        Assert.Equal("9 100 34", await ReadAsync());

        async Task<string?> ReadAsync() => (await received.ReadAsync().AsTask().WaitAsync(Eventually.DefaultTimeout)).Message;
    }
}
