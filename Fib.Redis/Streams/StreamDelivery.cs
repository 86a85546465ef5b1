using StackExchange.Redis;

namespace Fib.Redis.Streams;

/// <summary>An entry that was delivered to a consumer.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Deliveries">The delivery count, including this delivery; 1 for a new entry.</param>
public sealed record StreamDelivery(StreamEntry Entry, long Deliveries)
{
    /// <summary>The entry's fields by name; the last value of a repeated name counts.</summary>
    public IReadOnlyDictionary<string, string> ToFields() => Entry.ToFields();

    /// <summary>Reads the reply to XREADGROUP on one stream: null, or [[stream, [[id, [field, value, ...]], ...]]].</summary>
    internal static IReadOnlyList<StreamDelivery> ReadReply(RedisResult reply)
    {
        if (reply.IsNull)
            return [];
        var entries = reply[0][1];
        return [.. Enumerable.Range(0, entries.Length).Select(n => new StreamDelivery(ReadEntry(entries[n]), 1))];
    }

    private static StreamEntry ReadEntry(RedisResult entry)
    {
        // An entry that was deleted while it was pending has no fields.
        var fields = entry[1].IsNull ? [] : (RedisValue[])entry[1]!;
        return new StreamEntry((RedisValue)entry[0], [.. fields.Chunk(2).Select(pair => new NameValueEntry(pair[0], pair[1]))]);
    }
}
