using Fib.LocalSystem.Processes;
using Fib.Redis.Streams;
using Fib.Tests.Support;
using StackExchange.Redis;

namespace Fib.Tests.System.Redis;

[Trait(Category.Name, Category.System)]
public sealed class GroupConsumerTests
{
    private const string Stream = "stream", Group = "group", Other = "other";

    [Theory]
    [InlineData("-xdel")]
    [InlineData("-xack")]
    public async Task AcknowledgeAsync_OneOfItsCommandsIsDenied_TheEntryStaysPendingOrIsDeleted(string denied)
    {
        await using var redis = await ScratchRedis.StartAsync();
        await using var connection = await redis.ConnectAsync();
        var consumer = CreateConsumer(connection);
        await redis.AskAsync("xadd", Stream, "*", "index", "7");
        var entries = await Eventually.FindAsync("the entry", async _ => await consumer.ReadAsync(10) is { Count: > 0 } read ? read : null);
        await redis.AskAsync("acl", "setuser", "default", denied);

        await Assert.ThrowsAsync<RedisServerException>(() => consumer.AcknowledgeAsync(entries));

        await redis.AskAsync("acl", "setuser", "default", $"+{denied[1..]}");
        var length = await redis.AskAsync("xlen", Stream);
        var pending = await redis.AskAsync("xpending", Stream, Group, "-", "+", "10");
        Assert.True(length == "0" || pending.Length > 0, $"{length} entries, pending: '{pending}'");
    }

    [Fact]
    public async Task DeadLetterAsync_TheOtherKeyIsNoStream_TheEntryStaysPending()
    {
        await using var redis = await ScratchRedis.StartAsync();
        await using var connection = await redis.ConnectAsync();
        var consumer = CreateConsumer(connection);
        await redis.AskAsync("xadd", Stream, "*", "index", "seven");
        var entries = await Eventually.FindAsync("the entry", async _ => await consumer.ReadAsync(10) is { Count: > 0 } read ? read : null);
        await redis.AskAsync("set", Other, "text");

        await Assert.ThrowsAsync<RedisServerException>(DeadLetterAsync);
        Assert.StartsWith("1", await redis.AskAsync("xpending", Stream, Group), StringComparison.Ordinal);

        Assert.Equal(StreamRepairResult.Deleted, await connection.GetDatabase().RepairStreamAsync(Other));
        await DeadLetterAsync();
        Assert.Equal("0", await redis.AskAsync("xlen", Stream));
        Assert.Equal("1", await redis.AskAsync("xlen", Other));

        Task DeadLetterAsync() => consumer.DeadLetterAsync(entries[0], Other, 10, [new("why", "It holds no index.")]);
    }

    private static GroupConsumer CreateConsumer(IConnectionMultiplexer connection) =>
        new(connection, Stream, Group, "one", new ConsumerSettings(TimeSpan.FromSeconds(30)), TimeProvider.System);
}
