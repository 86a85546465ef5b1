using StackExchange.Redis;

namespace Fib.Redis.Streams;

/// <summary>Reads the reply to XREADGROUP on one stream: [[stream, [[id, [field, value, ...]], ...]]].</summary>
internal static class StreamReply
{
    public static IReadOnlyList<StreamEntry> ToEntries(RedisResult reply) => [.. Enumerable.Range(0, reply[0][1].Length).Select(n => ToEntry(reply[0][1][n]))];

    private static StreamEntry ToEntry(RedisResult entry)
    {
        // An entry that was deleted while it was pending has no fields.
        var fields = entry[1].IsNull ? [] : (RedisValue[])entry[1]!;
        return new StreamEntry((RedisValue)entry[0], [.. fields.Chunk(2).Select(pair => new NameValueEntry(pair[0], pair[1]))]);
    }
}
