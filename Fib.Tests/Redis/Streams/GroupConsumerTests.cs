using Fib.Redis.Streams;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;
using StackExchange.Redis;

namespace Fib.Tests.Redis.Streams;

[Trait(Category.Name, Category.System)]
public sealed class GroupConsumerTests
{
    private const string Stream = "stream", Group = "group", Other = "other";

    [Theory]
    [InlineData("-xdel")]
    [InlineData("-xack")]
    public async Task AcknowledgeAsync_OneHalfIsRefused_NeverLeavesAnEntryThatIsNotPending(string refused)
    {
        await using var redis = await ScratchRedis.StartAsync();
        await using var connection = await redis.ConnectAsync();
        var consumer = new GroupConsumer(connection, Stream, Group, "one", new ConsumerSettings(TimeSpan.FromSeconds(30)), TimeProvider.System);
        await redis.AskAsync("xadd", Stream, "*", "index", "7");
        var entries = await Eventually.FindAsync("the entry", async _ => await consumer.ReadAsync(10) is { Count: > 0 } read ? read : null);
        await redis.AskAsync("acl", "setuser", "default", refused);

        await Assert.ThrowsAsync<RedisServerException>(() => consumer.AcknowledgeAsync(entries));

        await redis.AskAsync("acl", "setuser", "default", $"+{refused[1..]}");
        var (length, pending) = (await redis.AskAsync("xlen", Stream), await redis.AskAsync("xpending", Stream, Group, "-", "+", "10"));
        Assert.True(length == "0" || pending.Length > 0, $"{length} entries, pending: '{pending}'");
    }

    [Fact]
    public async Task PutAsideAsync_WhereTheOtherKeyIsNoStream_KeepsTheEntryPending()
    {
        await using var redis = await ScratchRedis.StartAsync();
        await using var connection = await redis.ConnectAsync();
        var consumer = new GroupConsumer(connection, Stream, Group, "one", new ConsumerSettings(TimeSpan.FromSeconds(30)), TimeProvider.System);
        await redis.AskAsync("xadd", Stream, "*", "index", "seven");
        var entries = await Eventually.FindAsync("the entry", async _ => await consumer.ReadAsync(10) is { Count: > 0 } read ? read : null);
        await redis.AskAsync("set", Other, "text");

        await Assert.ThrowsAsync<RedisServerException>(PutAsideAsync);
        Assert.StartsWith("1", await redis.AskAsync("xpending", Stream, Group), StringComparison.Ordinal);

        Assert.Equal(StreamMending.Deleted, await connection.GetDatabase().MendStreamAsync(Other));
        await PutAsideAsync();
        Assert.Equal("0", await redis.AskAsync("xlen", Stream));
        Assert.Equal("1", await redis.AskAsync("xlen", Other));

        Task PutAsideAsync() => consumer.PutAsideAsync(entries[0], Other, 10, [new("why", "It holds no index.")]);
    }
}
