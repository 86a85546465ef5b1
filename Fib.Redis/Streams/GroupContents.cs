using StackExchange.Redis;

namespace Fib.Redis.Streams;

/// <summary>
/// The entries that a consumer group has pending or has not delivered yet, read in pages of 1,000. Entries that were delivered and
/// are not pending are deleted from the stream: the group never delivers them again.
/// </summary>
public sealed class GroupContents(IDatabase database, string stream, string group)
{
    private const int PageSize = 1_000;

    private const string RemoveScript = """
        local removed = 0
        for n = 2, #ARGV do
            if #redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[n], ARGV[n], 1) == 0 then
                removed = removed + redis.call('XDEL', KEYS[1], ARGV[n])
            end
        end
        return removed
        """;

    /// <summary>Reads the entries in the order of their ids. An entry that is delivered or acknowledged meanwhile may be missing.</summary>
    /// <exception cref="RedisException">The server does not answer, or rejects a command.</exception>
    public async IAsyncEnumerable<StreamEntry> ReadAsync()
    {
        var lastDelivered = await ReadLastDeliveredAsync();
        RedisValue from = "-";
        StreamEntry[] page;
        do
        {
            page = await database.StreamRangeAsync(stream, from, "+", PageSize);
            foreach (var entry in await SelectUnacknowledgedAsync(page, lastDelivered))
                yield return entry;
            if (page.Length > 0)
                from = $"({page[^1].Id}";
        }
        while (page.Length == PageSize);
    }

    /// <summary>Returns 0-0 if the group does not exist: it will be created at the beginning of the stream.</summary>
    private async Task<StreamEntryId> ReadLastDeliveredAsync()
    {
        try
        {
            var groups = await database.StreamGroupInfoAsync(stream);
            return groups.Where(info => info.Name == group).Select(info => StreamEntryId.Parse(info.LastDeliveredId)).FirstOrDefault();
        }
        catch (RedisServerException exception) when (exception.Message.StartsWith("ERR no such key", StringComparison.Ordinal))
        {
            return default;
        }
    }

    private async Task<IEnumerable<StreamEntry>> SelectUnacknowledgedAsync(StreamEntry[] page, StreamEntryId lastDelivered)
    {
        RedisValue[] delivered =
            [.. page.TakeWhile(entry => StreamEntryId.Parse(entry.Id).CompareTo(lastDelivered) <= 0).Select(entry => entry.Id)];
        if (delivered.Length == 0)
            return page;
        var messages = await database.StreamPendingMessagesAsync(stream, group, PageSize, RedisValue.Null, delivered[0], delivered[^1]);
        var pending = messages.Select(message => message.MessageId).ToHashSet();
        RedisValue[] acknowledged = [.. delivered.Where(id => !pending.Contains(id))];
        if (acknowledged.Length == 0)
            return page;
        await database.ScriptEvaluateAsync(RemoveScript, [stream], [group, .. acknowledged]);
        return page.ExceptBy(acknowledged, entry => entry.Id);
    }
}
