using StackExchange.Redis;

namespace Fib.Redis.Streams;

/// <summary>
/// What a consumer group has pending or will still deliver, read in pages whatever the length of the stream. Entries that
/// were delivered and are not pending are removed: the group will never return to them.
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

    /// <summary>The entries in the order of their ids. One that moves on while this reads may be missing.</summary>
    /// <exception cref="RedisException">The server does not answer, or refuses.</exception>
    public async IAsyncEnumerable<StreamEntry> ReadAsync()
    {
        var delivered = await ReadLastDeliveredAsync();
        RedisValue from = "-";
        StreamEntry[] page;
        do
        {
            page = await database.StreamRangeAsync(stream, from, "+", PageSize);
            foreach (var entry in await SelectHeldAsync(page, delivered))
                yield return entry;
            if (page.Length > 0)
                from = $"({page[^1].Id}";
        }
        while (page.Length == PageSize);
    }

    /// <summary>Without the group nothing was delivered: it is created at the stream's beginning.</summary>
    private async Task<StreamEntryId> ReadLastDeliveredAsync()
    {
        try
        {
            var groups = await database.StreamGroupInfoAsync(stream);
            return groups.Where(one => one.Name == group).Select(one => StreamEntryId.Parse(one.LastDeliveredId)).FirstOrDefault();
        }
        catch (RedisServerException missing) when (missing.Message.StartsWith("ERR no such key", StringComparison.Ordinal))
        {
            return default;
        }
    }

    private async Task<IEnumerable<StreamEntry>> SelectHeldAsync(StreamEntry[] page, StreamEntryId delivered)
    {
        RedisValue[] before = [.. page.TakeWhile(entry => StreamEntryId.Parse(entry.Id).CompareTo(delivered) <= 0).Select(entry => entry.Id)];
        if (before.Length == 0)
            return page;
        var pending = await database.StreamPendingMessagesAsync(stream, group, PageSize, RedisValue.Null, before[0], before[^1]);
        var held = pending.Select(one => one.MessageId).ToHashSet();
        RedisValue[] stray = [.. before.Where(id => !held.Contains(id))];
        if (stray.Length == 0)
            return page;
        await database.ScriptEvaluateAsync(RemoveScript, [stream], [group, .. stray]);
        return page.ExceptBy(stray, entry => entry.Id);
    }
}
