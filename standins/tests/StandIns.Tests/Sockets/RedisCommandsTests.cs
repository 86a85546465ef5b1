using StackExchange.Redis;
using StandIns.Tests.Support;
using static StandIns.Tests.Support.PipeReading;

namespace StandIns.Tests.Sockets;

/// <summary>The unmodified client against a real Redis, over every transport.</summary>
[Collection(nameof(RedisTests))]
public sealed class RedisCommandsTests(RedisFixture redis)
{
    public static TheoryData<string> Transports => ["tcp", "tls", "unix"];

    [SkippableTheory]
    [MemberData(nameof(Transports))]
    public async Task Strings_of_every_size_come_back_unchanged(string transport)
    {
        await using var connection = await redis.ConnectAsync(transport);
        var database = connection.GetDatabase();
        foreach (var size in (int[])[0, 1, 511, 512, 513, 8191, 8192, 8193, 70_000, 20_000_000])
        {
            var value = RandomBytes(size);
            await database.StringSetAsync("key", value);

            Assert.Equal(value, (byte[]?)await database.StringGetAsync("key"));
            Assert.Equal(value, (byte[]?)database.StringGet("key"));
        }

        Assert.True((await database.StringGetAsync("no such key")).IsNull);
    }

    [SkippableTheory]
    [MemberData(nameof(Transports))]
    public async Task Hashes_of_10000_fields_come_back_unchanged(string transport)
    {
        await using var connection = await redis.ConnectAsync(transport);
        var database = connection.GetDatabase();
        var fields = Enumerable.Range(0, 10_000).ToDictionary(i => $"field {i}", i => $"value {i * i}");
        await database.HashSetAsync("key", [.. fields.Select(field => new HashEntry(field.Key, field.Value))]);

        for (var i = 0; i < 5; i++) Assert.Equal(fields, (await database.HashGetAllAsync("key")).ToStringDictionary());
        Assert.Equal(fields.Count, database.HashScan("key", pageSize: 300).Count());
    }

    [SkippableTheory]
    [MemberData(nameof(Transports))]
    public async Task Messages_arrive_in_order(string transport)
    {
        await using var connection = await redis.ConnectAsync(transport);
        var channel = RedisChannel.Literal("numbers");
        var queue = await connection.GetSubscriber().SubscribeAsync(channel);
        for (var i = 0; i < 20_000; i++) await connection.GetSubscriber().PublishAsync(channel, i, CommandFlags.FireAndForget);

        for (var i = 0; i < 20_000; i++)
        {
            var message = await queue.ReadAsync().AsTask().WaitAsync(Until.Deadline);
            Assert.Equal(i, (int)message.Message);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Transports))]
    public async Task Transactions_do_all_or_nothing(string transport)
    {
        await using var connection = await redis.ConnectAsync(transport);
        var database = connection.GetDatabase();
        var first = database.CreateTransaction();
        first.AddCondition(Condition.KeyNotExists("count"));
        var counted = first.StringIncrementAsync("count", 5);
        var refused = database.CreateTransaction();
        refused.AddCondition(Condition.StringEqual("count", 99));
        _ = refused.StringIncrementAsync("count", 5);

        Assert.True(await first.ExecuteAsync());
        Assert.Equal(5, await counted);
        Assert.False(await refused.ExecuteAsync());
        Assert.Equal(5, (int)await database.StringGetAsync("count"));
    }

    [SkippableTheory]
    [MemberData(nameof(Transports))]
    public async Task Scripts_answer_with_nested_arrays_and_errors(string transport)
    {
        await using var connection = await redis.ConnectAsync(transport);
        var database = connection.GetDatabase();
        const string Nested = "local r = {} for i = 1, tonumber(ARGV[1]) do r[i] = {i, {'a', tostring(i)}} end return r";

        var result = (RedisResult[])(await database.ScriptEvaluateAsync(Nested, [], [1000]))!;

        Assert.Equal(1000, result.Length);
        Assert.All(result.Select((row, i) => (row, i)), pair =>
        {
            Assert.Equal(pair.i + 1, (int)pair.row[0]);
            Assert.Equal($"{pair.i + 1}", (string?)pair.row[1][1]);
        });
        await Assert.ThrowsAsync<RedisServerException>(() => database.ScriptEvaluateAsync("return redis.error_reply('no')"));
    }

    [SkippableTheory]
    [MemberData(nameof(Transports))]
    public async Task A_blocking_read_waits_on_its_own_connection_without_holding_others_up(string transport)
    {
        await using var waiting = await redis.ConnectAsync(transport);
        await using var writing = await redis.ConnectAsync(transport);
        var database = writing.GetDatabase();
        await database.StreamCreateConsumerGroupAsync("stream", "group", "$", createStream: true);

        var reading = waiting.GetDatabase().ExecuteAsync(
            "XREADGROUP", "GROUP", "group", "me", "BLOCK", "15000", "STREAMS", "stream", ">");
        await Until.TrueAsync(
            async () => ((string?)await database.ExecuteAsync("INFO", "clients"))!.Contains("blocked_clients:1", StringComparison.Ordinal),
            "Redis blocks the reader");
        Assert.False(reading.IsCompleted);
        var id = await database.StreamAddAsync("stream", "index", 7);

        var entry = (await reading)[0][1][0];
        Assert.Equal((string?)id, (string?)entry[0]);
        Assert.Equal(["index", "7"], (string[])entry[1]!);
        Assert.Equal(1, await database.StreamAcknowledgeAsync("stream", "group", id));
    }

    [SkippableTheory]
    [MemberData(nameof(Transports))]
    public async Task Many_threads_share_one_connection(string transport)
    {
        await using var connection = await redis.ConnectAsync(transport);
        var database = connection.GetDatabase();
        var threads = Enumerable.Range(0, 24).Select(number => Task.Factory.StartNew(
            () => WriteAndRead(database, number), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));

        await Task.WhenAll(threads);

        Assert.Equal(24 * 200, (int)await database.StringGetAsync("total"));
    }

    private static void WriteAndRead(IDatabase database, int number)
    {
        for (var i = 0; i < 200; i++)
        {
            string key = $"{number}:{i % 10}", value = new((char)('a' + (i % 26)), i * 7);
            database.StringSet(key, value);
            database.StringIncrement("total", flags: CommandFlags.FireAndForget);
            Assert.Equal(value, database.StringGet(key));
        }
    }
}
