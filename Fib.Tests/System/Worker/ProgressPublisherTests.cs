using Fib.Core.Sequence;
using Fib.Redis.Backlog;
using Fib.Tests.Support;
using Fib.Worker.Terms;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;

namespace Fib.Tests.System.Worker;

[Trait(Category.Name, Category.System)]
public sealed class ProgressPublisherTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private ScratchRedis _redis = null!;
    private ConnectionMultiplexer _connection = null!;

    public async ValueTask InitializeAsync()
    {
        _redis = await ScratchRedis.StartAsync();
        _connection = await _redis.ConnectAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task PublishTerm_TwiceWithinAMillisecond_PublishesTheFirst()
    {
        var received = await _connection.GetSubscriber().SubscribeAsync(RedisChannel.Literal(BacklogKeys.Progress));
        var publisher = new ProgressPublisher(_connection, _time);
        publisher.PublishTerm(new SequenceIndex(7), "13");
        publisher.PublishTerm(new SequenceIndex(8), "21");
        _time.Advance(TimeSpan.FromMilliseconds(1));
        publisher.PublishTerm(new SequenceIndex(9), "34");
        Assert.Equal("7 100 13", await ReadAsync());
        Assert.Equal("9 100 34", await ReadAsync());

        async Task<string?> ReadAsync() => (await received.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30))).Message;
    }
}
