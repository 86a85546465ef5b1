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

    /// <summary>A consumer that retries does not read, so nothing else would create the group.</summary>
    [Fact]
    public async Task RenewClaimsAsync_RedisHasLostItsData_CreatesTheGroup()
    {
        await using var redis = await ScratchRedis.StartAsync();
        await using var connection = await redis.ConnectAsync();
        var consumer = CreateConsumer(connection);
        var entries = await ReadTwoAsync(redis, consumer);
        await redis.AskAsync("flushall");
        await redis.AskAsync("xadd", Stream, "*", "index", "8");

        await consumer.RenewClaimsAsync(entries);

        await consumer.AcknowledgeAsync(entries);
        Assert.Equal("8", Assert.Single(await consumer.ReadAsync(10)).ToFields().Single().Value);
    }

    [Fact]
    public async Task RenewClaimsAsync_SeveralEntries_NoneIsIdleAndNoneCountsAsDeliveredAgain()
    {
        await using var redis = await ScratchRedis.StartAsync();
        await using var connection = await redis.ConnectAsync();
        var consumer = CreateConsumer(connection);
        var entries = await ReadTwoAsync(redis, consumer);
        foreach (var entry in entries)
            await redis.AskAsync("xclaim", Stream, Group, "one", "0", entry.Entry.Id.ToString(), "idle", "600000", "justid");
        Assert.Equal(2, await CountIdleAsync());

        await consumer.RenewClaimsAsync(entries);

        Assert.Equal(0, await CountIdleAsync());
        var pending = await connection.GetDatabase().StreamPendingMessagesAsync(Stream, Group, 10, "one");
        Assert.Equal([1, 1], pending.Select(message => message.DeliveryCount));

        async Task<int> CountIdleAsync() =>
            (await connection.GetDatabase().StreamPendingMessagesAsync(Stream, Group, 10, "one"))
                .Count(message => message.IdleTimeInMilliseconds >= 600_000);
    }

    private static async Task<IReadOnlyList<StreamDelivery>> ReadTwoAsync(ScratchRedis redis, GroupConsumer consumer)
    {
        await redis.AskAsync("xadd", Stream, "*", "index", "6");
        await redis.AskAsync("xadd", Stream, "*", "index", "7");
        return await Eventually.FindAsync("the entries", async _ => await consumer.ReadAsync(10) is { Count: 2 } read ? read : null);
    }

    private static GroupConsumer CreateConsumer(IConnectionMultiplexer connection) =>
        new(connection, Stream, Group, "one", new ConsumerSettings(TimeSpan.FromSeconds(30)), TimeProvider.System);
}
