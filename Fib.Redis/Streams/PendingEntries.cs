using StackExchange.Redis;

namespace Fib.Redis.Streams;

/// <summary>Reads one consumer's own pending entries and claims those of dead consumers.</summary>
internal sealed class PendingEntries(
    IDatabase database, string stream, string group, string name, ConsumerSettings settings, TimeProvider time)
{
    private const string Beginning = "0-0";

    // Atomic: a consumer that resumes between the check and its removal would lose its entries.
    private const string RemoveIdleConsumersScript = """
        for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
            local info = {}
            for n = 1, #consumer, 2 do info[consumer[n]] = consumer[n + 1] end
            if info.pending == 0 and info.idle > tonumber(ARGV[2]) then
                redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], info.name)
            end
        end
        """;

    private RedisValue _claimFrom = Beginning;
    private long? _claimedAll;

    /// <summary>
    /// Reads the entries that were delivered to this consumer and are not acknowledged. This does not increase their delivery count,
    /// so that retries against an unresponsive server do not count as deliveries.
    /// </summary>
    public async Task<IReadOnlyList<StreamDelivery>> ReadOwnAsync(int count)
    {
        var pending = await database.StreamPendingMessagesAsync(stream, group, count, name);
        var ranges = await Task.WhenAll(pending.Select(message => database.StreamRangeAsync(stream, message.MessageId, message.MessageId)));
        var reads = pending.Zip(ranges, (message, range) => (message.MessageId, message.DeliveryCount, Range: range)).ToArray();
        var deleted = reads.Where(read => read.Range.Length == 0).Select(read => read.MessageId).ToArray();
        if (deleted.Length > 0)
            await database.StreamAcknowledgeAsync(stream, group, deleted);
        return [.. reads.Where(read => read.Range.Length > 0).Select(read => new StreamDelivery(read.Range[0], read.DeliveryCount))];
    }

    /// <summary>Claims one entry of a dead consumer: only one, so that an entry that crashes its consumer affects no other entry.</summary>
    public async Task<IReadOnlyList<StreamDelivery>> ClaimAsync()
    {
        if (_claimedAll is { } claimedAll && time.GetElapsedTime(claimedAll) < settings.ClaimInterval)
            return [];
        do
        {
            var claimed = await database.StreamAutoClaimAsync(stream, group, name, (long)settings.MinIdle.TotalMilliseconds, _claimFrom, 1);
            _claimFrom = claimed.NextStartId;
            if (claimed.ClaimedEntries is [{ IsNull: false } entry])
                return [new StreamDelivery(entry, await ReadDeliveryCountAsync(entry.Id))];
        }
        while (_claimFrom != Beginning);

        await database.ScriptEvaluateAsync(RemoveIdleConsumersScript, [stream], [group, (long)settings.MaxConsumerIdle.TotalMilliseconds]);
        _claimedAll = time.GetTimestamp();
        return [];
    }

    private async Task<long> ReadDeliveryCountAsync(RedisValue id) =>
        await database.StreamPendingMessagesAsync(stream, group, 1, name, id, id) is [var pending] ? pending.DeliveryCount : 1;
}
